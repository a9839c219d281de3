"""Every sentence that this channel says to people, by its code. Data, no logic.

The words are those of the modules that say them; a test compares. ``{words}`` are the platform's own.
"""

SENTENCES = {
    "step_botfather": (
        "In Telegram, open a chat with @BotFather and send /newbot, or /mybots for a bot that you have."
    ),
    "step_names": "Choose the name that customers see, and a user name that ends in “bot”.",
    "step_token": "Copy the token that @BotFather answers with, and paste it here.",
    "step_own_account": (
        "To answer for your own account as well, open Bot Settings in @BotFather and switch on its "
        "business (secretary) mode; then connect the bot in Telegram under Settings, Telegram "
        "Business, Chatbots, or under Edit profile, Chat automation."
    ),
    "field_token": "Bot token",
    "hint_token": "A number, a colon, then letters and digits: @BotFather gives it.",
    "no_bot_named": "Telegram did not say which bot this token belongs to.",
    "secret_missing": "The secret for Telegram's deliveries is missing: connect the bot again.",
    "address_not_kept": "Telegram did not keep the address that we registered.",
    "read_by_another": "Another program reads this bot's messages with the same token.",
    "read_by_another_end_it": (
        "Another program reads this bot's messages with the same token: end it, or get a new token."
    ),
    "no_file_address": "Telegram gives no address for this file.",
    "cannot_be_asked": "Telegram has no way to ask whether a message arrived: a person must look.",
    "answered_by_something_else": "Something else answered in Telegram's place.",
    "answered_by_something_else_with": "Something else answered in Telegram's place ({status}).",
    "no_token": "This is no bot token: @BotFather's tokens are a number, a colon, then letters and digits.",
    "message_not_named": "Telegram did not say which message it made of ours. The message may have arrived.",
    "token_lost": (
        "Telegram no longer accepts the bot's token: get it again from @BotFather and enter it here."
    ),
    "bot_blocked": "The customer has blocked the bot, so nothing reaches them.",
    "account_gone": "The customer's Telegram account no longer exists.",
    "may_not_begin": "A bot may not write first: the customer must start it before we can answer.",
    "reacts_in_own_chats": "Telegram lets bots react in their own chats only, not in those of a connected account.",
    "nothing_to_react_to": "Telegram knows no message here that could bear a reaction.",
    "customer_is_a_bot": "This customer is a bot, and Telegram lets no bot write to another.",
    "connection_gone": (
        "The owner of this Telegram account has ended its connection to the bot: connect it again."
    ),
    "chat_unknown": "Telegram does not know this customer's chat.",
    "caption_too_long": "The text below the file is longer than Telegram takes.",
    "text_too_long": "The text is longer than Telegram takes.",
    "nothing_to_send": "There is nothing to send: the message is empty.",
    "file_too_big_for_a_bot": "The file is larger than Telegram hands to, or takes from, a bot.",
    "file_too_large": "The file is larger than Telegram takes.",
    "file_gone": "Telegram no longer has this file.",
    "picture_measures": "Telegram does not take a picture of these measures: send it as a file.",
    "picture_unreadable": "Telegram cannot read this picture: send it as a file.",
    "no_voice_messages": "The customer does not accept voice messages: send the recording as a file.",
    "chat_not_covered": (
        "The owner's connection does not cover this chat, or the customer last wrote over 24 hours ago."
    ),
    "in_trouble": "Telegram has trouble of its own ({status}).",
    "slow_down": "Telegram asks us to slow down.",
    "unreachable": "Telegram cannot be reached.",
    "no_answer_in_time": "Telegram did not answer in time.",
    "may_have_arrived": "{sentence} The message may have arrived.",
    "refused": "Telegram refused: {words}.",
    "refused_silently": "Telegram refused, and does not say why.",
    "delivers_nowhere": "Telegram delivers this bot's messages to no address: register it again.",
    "delivers_elsewhere": "Telegram delivers this bot's messages to another address: register it again.",
    "delivers_a_part": "Telegram was not asked for everything ({missing}): register the address again.",
    "cannot_deliver": "Telegram cannot deliver {waiting} messages to our address: {words}.",
    "disconnected": (
        "The owner of the Telegram account disconnected the bot: nothing more arrives from its chats."
    ),
    "may_not_answer": (
        "The owner of the Telegram account lets the bot read its chats, but not answer in them."
    ),
    "list_unreadable": "Telegram's list of messages could not be read.",
    "no_chat": "This customer's address is no Telegram chat.",
    "text_has_too_many": "The text has {length} characters; Telegram takes at most {most} here.",
    "file_over": "The file has over {most} MB, the most that Telegram takes.",
    "file_empty": "The file is empty, or no longer here: attach it again.",
    "title_bot": "Make a bot",
    "title_token": "Enter its token",
    "need_account": "Telegram on your phone or computer, with an account of any kind.",
    "first_word": "Open the bot in your own Telegram, press Start, and write to it.",
    "no_past": "Telegram shows bots nothing of what was said before.",
}
