"""The Bot API's methods by name (names are not case-sensitive)."""

from dragoman.simulator.telegram import accounts, changing, looking_up, sending, sending_media, subscribing
from dragoman.simulator.telegram.call import Method

METHODS: dict[str, Method] = {
    "getme": subscribing.get_me,
    "setwebhook": subscribing.set_webhook,
    "deletewebhook": subscribing.delete_webhook,
    "getwebhookinfo": subscribing.get_webhook_info,
    "getupdates": subscribing.get_updates,
    "sendmessage": sending.send_message,
    "sendlocation": sending.send_location,
    "sendvenue": sending.send_venue,
    "sendcontact": sending.send_contact,
    "sendchataction": sending.send_chat_action,
    "sendphoto": sending_media.sender_of("photo"),
    "senddocument": sending_media.sender_of("document"),
    "sendvideo": sending_media.sender_of("video"),
    "sendaudio": sending_media.sender_of("audio"),
    "sendvoice": sending_media.sender_of("voice"),
    "sendanimation": sending_media.sender_of("animation"),
    "sendvideonote": sending_media.sender_of("video_note", captioned=False),
    "sendsticker": sending_media.sender_of("sticker", captioned=False),
    "sendmediagroup": sending_media.send_media_group,
    "editmessagetext": changing.edit_message_text,
    "editmessagecaption": changing.edit_message_caption,
    "editmessagereplymarkup": changing.edit_message_reply_markup,
    "deletemessage": changing.delete_message,
    "deletemessages": changing.delete_messages,
    "setmessagereaction": changing.set_message_reaction,
    "answercallbackquery": changing.answer_callback_query,
    "getbusinessconnection": accounts.get_business_connection,
    "getchat": looking_up.get_chat,
    "getfile": looking_up.get_file,
    "getuserprofilephotos": looking_up.get_user_profile_photos,
}
