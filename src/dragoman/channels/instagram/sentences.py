"""Every sentence that this channel says to people, by its code. Data, no logic.

The words are those of the modules that say them; a test compares. ``{words}`` are the platform's own.
"""

SENTENCES = {
    "step_professional": "Make sure that the Instagram account is a professional one: Business or Creator.",
    "step_allow": (
        "In the Instagram app allow access to messages: Settings, Messages and story replies, "
        "Message controls, Connected tools."
    ),
    "step_app": (
        "At developers.facebook.com create an app of the type Business and add the product Instagram to it."
    ),
    "step_secret": "Copy the App ID and the app secret from App settings, Basic.",
    "step_publish": (
        "To hear from people who have no role in the app, publish it and ask Meta for advanced "
        "access to the permission to manage messages; to answer after 24 hours, for the feature "
        "Human Agent as well."
    ),
    "field_app_id": "App ID",
    "field_app_secret": "App secret",
    "field_instagram_token": "Instagram access token",
    "field_instagram_app_secret": "Instagram app secret",
    "field_page_token": "Page access token",
    "hint_app_id": "The number at the top of your app's dashboard at developers.facebook.com.",
    "hint_app_secret": "App settings, Basic: press Show beside the app secret.",
    "hint_instagram_token": (
        "For a log-in with Instagram: Instagram, API setup with Instagram login, Generate token."
    ),
    "hint_instagram_app_secret": (
        "For a log-in with Instagram: it stands above the token, and is not the app secret."
    ),
    "hint_page_token": (
        "For a log-in with Facebook: the token of the Page that the Instagram account is linked to."
    ),
    "webhook_only": "Instagram delivers by webhook only, so it needs a public address.",
    "one_of_two_tokens": "Enter one of the two: the Instagram access token, or the Page access token.",
    "token_of_no_account": "The Instagram access token belongs to no account.",
    "no_linked_account": "The Page has no Instagram account: link them in the Page's settings.",
    "link_broken": (
        "The link between the Page and the Instagram account is broken, or two-factor log-in "
        "stands in the way: link them again."
    ),
    "access_not_allowed": (
        "The owner does not allow access to messages: switch it on in the Instagram app under "
        "Settings, Messages and story replies, Message controls, Connected tools."
    ),
    "login_lost": (
        "Meta no longer accepts the access token of this account: make a new one and connect again."
    ),
    "window_closed": (
        "Instagram's reply window is closed: the customer has to write first. (Answers after 24 "
        "hours need Meta's approval for Human Agent.)"
    ),
    "not_published": (
        "The app is not published yet: until then only people with a role in it can be written to."
    ),
    "person_unreachable": "This person cannot be reached: they blocked the account or left Instagram.",
    "person_cannot_receive": "This person cannot receive messages at the moment.",
    "person_unknown": "Instagram knows no such person for this account.",
    "no_profile_for_us": "Instagram shows us no profile of this person.",
    "form_not_taken": "Instagram does not take a message of this form.",
    "comment_over": "This comment cannot be answered in private any more.",
    "account_may_not_send": (
        "Instagram does not let this account send messages: look into its account status."
    ),
    "account_blocked": "Meta has blocked this account for a while because of its policy.",
    "account_not_eligible": (
        "This Instagram account may not use messages over an app: it must be a professional one."
    ),
    "held_by_another": "Another app holds this conversation: take it over there first.",
    "human_agent_misused": "Meta warns that this account misuses Human Agent: sending stopped to protect it.",
    "file_not_fetched": "Instagram could not fetch the file: is our address reachable from the internet?",
    "file_type": "Instagram does not take a file of this type.",
    "file_too_big": "The file is too big for Instagram.",
    "video_too_slow": "Instagram took too long over this video: send a shorter one.",
    "message_gone": "The message was deleted, or is too old for Instagram to show.",
    "app_removed": "The app was removed from the account: connect it again.",
    "token_expired": "The access token has expired: make a new one and connect again.",
    "may_not_manage": "The person who made the token may no longer manage the account: make a new one.",
    "conversation_not_shown": (
        "Instagram does not show this conversation, so that nobody can tell whether it arrived."
    ),
    "week_is_over": (
        "The customer last wrote more than 7 days ago; Instagram lets us answer only when they write again."
    ),
    "no_captions": "Instagram has no captions: the text must be sent as a message of its own.",
    "nothing_to_send": "An empty message cannot be sent.",
    "text_has_too_many": "The text has {length} bytes, and Instagram takes {most}.",
    "kind_not_carried": "Instagram lets us send no file of the kind {kind}.",
    "file_over": "The file is too big: Instagram takes {most} MB for {kind}.",
    "type_not_taken": "Instagram does not take files of the type {type}.",
    "no_link": "There is no address from which Instagram could fetch the file.",
    "delivers_nothing": "Instagram no longer delivers this account's messages to our app: connect it again.",
    "delivers_a_part": "Instagram delivers only a part: {missing} is missing.",
    "renewal_not_told": "Instagram renewed the token without saying what it is now.",
    "by_hand": (
        "One step is left in the app's dashboard: under Webhooks, Instagram, enter the address "
        "{address} and the verify token {token}, and tick all fields."
    ),
    "way_instagram_title": "Log in with Instagram",
    "way_instagram": "Needs no Facebook Page. The token lives 60 days, and we renew it before.",
    "way_facebook_title": "Log in with Facebook",
    "way_facebook": "For an account that is linked to a Facebook Page. The token has no end of its own.",
    "step_instagram_token": (
        "Add your account under Instagram, API setup with Instagram login, and press Generate token."
    ),
    "step_page_token": "Make a token for the Page that the Instagram account is linked to.",
    "first_word": (
        "Write to the account on Instagram, from another account: it needs a role in the app at first."
    ),
}
