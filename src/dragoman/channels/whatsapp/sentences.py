"""Every sentence that this channel says to people, by its code. Data, no logic.

The words are those of the modules that say them; a test compares. ``{words}`` are the platform's own.
"""

SENTENCES = {
    "account_disabled": (
        "Meta has disabled the WhatsApp Business Account: look into the Business support home."
    ),
    "account_restricted": (
        "Meta has restricted the WhatsApp Business Account: look into the Business support home."
    ),
    "account_deleted": "The WhatsApp Business Account was deleted at Meta.",
    "app_removed": "The number was disconnected from our app in WhatsApp: connect it again.",
    "no_history": "WhatsApp shows nobody what was sent before; its statuses tell.",
    "webhook_only": "WhatsApp delivers by webhook only, so it needs a public address.",
    "no_number": "This WhatsApp Business Account has no phone number yet: add one under API Setup.",
    "no_account": "There is no such WhatsApp Business Account, or the system user was not given it.",
    "token_of_another_app": "The access token was made by the app {other}, not by {ours}.",
    "upload_unnamed": "WhatsApp took the file without saying under which name: try again.",
    "file_withheld": "WhatsApp could not hand over this file: it may be larger than 100 MB.",
    "message_withheld": "WhatsApp cannot hand over this message just now: look at it on the phone.",
    "login_lost": "Meta no longer accepts the access token: make a new one and connect again.",
    "no_permission": (
        "The system user lacks a permission for WhatsApp: give it the account and both WhatsApp permissions."
    ),
    "number_busy": "WhatsApp takes no more messages from this number for now.",
    "account_busy": "WhatsApp takes no more requests for this account for now.",
    "person_busy": "WhatsApp takes a message every six seconds to one person.",
    "away": "WhatsApp is not available just now.",
    "at_work": "WhatsApp is working on this number: it takes some minutes.",
    "number_restricted": "Meta has restricted this number or account: look into the Business support home.",
    "not_registered": "The number is not registered with WhatsApp: register it under API Setup.",
    "held_back": (
        "WhatsApp holds this message back, as this person gets many from businesses: try again tomorrow."
    ),
    "template_wrong": "The template was filled in otherwise than it was approved.",
    "template_gone": "WhatsApp has no such approved template in this language.",
    "template_paused": "WhatsApp has paused or disabled this template.",
    "template_too_long": "The template with its words filled in is too long.",
    "template_rules": "The template breaks WhatsApp's rules for templates.",
    "template_pending": "Meta is still looking at it, which may take a day.",
    "template_is_paused": (
        "Meta has paused it, as people report it: it comes back by itself, or once it is edited."
    ),
    "template_disabled": "Meta has switched it off: make another one.",
    "template_abusive": "Meta refused it: what it says was taken for abuse.",
    "template_form": "Meta refused it: its form, or one of its gaps, is not as it must be.",
    "template_advertises": "Meta refused it: it advertises, and its category is for something else.",
    "template_fraud": "Meta refused it: it was taken for a fraud.",
    "template_category": "Meta refused it: its category or its language does not fit what it says.",
    "template_refused": "Meta refused it: the WhatsApp Manager may say why.",
    "template_for_programs": "It carries a code for signing in, which a program sends and not a person.",
    "template_unfit": "It has something that cannot be filled in from here: {what}.",
    "template_head": "WhatsApp takes no {type} at the head of a template.",
    "marketing_off": "Marketing templates are switched off for this number.",
    "malformed": "WhatsApp takes this message for malformed: a fault of ours.",
    "not_delivered": "WhatsApp could not deliver it.",
    "not_delivered_because": "WhatsApp could not deliver it: {words}",
    "fault": "WhatsApp had a fault of its own while it took the message.",
    "refused_silently": "WhatsApp refused the message without saying why: try again.",
    "window_closed": (
        "More than 24 hours have passed since the customer last wrote: only a template may be sent."
    ),
    "person_unreachable": (
        "WhatsApp cannot reach this person: they may have no WhatsApp, an old version, or have blocked us."
    ),
    "we_blocked": "This number has blocked the person: unblock them first.",
    "no_marketing": "This person wants no marketing messages from us.",
    "reported": "WhatsApp stopped this number for a while, as people report its messages as unwanted.",
    "country": "WhatsApp does not let this business write to people in this country.",
    "itself": "A number cannot write to itself.",
    "test_number": "A test number reaches only the people on its list under API Setup.",
    "payment": "WhatsApp wants a way to pay: add one in the Business settings.",
    "kind_unknown": "WhatsApp does not take messages of this kind.",
    "file_not_fetched": "WhatsApp could not fetch the file.",
    "file_not_taken": "WhatsApp does not take this file: its type or its content is not what it takes.",
    "needs_phone": "This message needs the person's phone number, which WhatsApp does not show us.",
    "code_changed": "This person's security code has changed: make sure that it is still them.",
    "step_number": (
        "Have a phone number at hand that can receive a call or a text message. A number in use on "
        "a phone stays there only if it is connected for use beside the WhatsApp Business app."
    ),
    "step_app": (
        "At developers.facebook.com create an app of the type Business and add the product WhatsApp to it."
    ),
    "step_account": (
        "Under WhatsApp, API Setup, add the number, confirm it, and copy the WhatsApp Business Account ID."
    ),
    "step_token": (
        "In the Business settings add a system user, give it the app and the WhatsApp account, and "
        "generate a token without an end date, with whatsapp_business_messaging and "
        "whatsapp_business_management."
    ),
    "step_templates": (
        "To write first, or after 24 hours, have message templates approved and add a way to pay at Meta."
    ),
    "field_waba_id": "WhatsApp Business Account ID",
    "field_access_token": "Access token",
    "hint_waba_id": "WhatsApp, API Setup: it stands below the phone number.",
    "hint_access_token": (
        "Business settings, System users: the token that Generate shows, with both WhatsApp permissions."
    ),
    "text_has_too_many": "The text has {length} characters, and WhatsApp takes {most}.",
    "kind_not_carried": "WhatsApp lets us send no file of the kind {kind}.",
    "file_over": "The file is too big: WhatsApp takes {most} MB for {kind}.",
    "type_not_taken": "WhatsApp takes no {type} for {kind}: send it as a document.",
    "no_captions": "WhatsApp has no captions here: the text must be sent as a message of its own.",
    "too_many_choices": "WhatsApp offers at most {most} answers.",
    "choice_length": "An offered answer has 1 to {most} characters: “{title}” has {length}.",
    "delivers_nothing": "Meta no longer delivers this account's messages to our app: connect it again.",
    "no_webhook": "The app has no webhook for WhatsApp: connect it again.",
    "stops_marketing": "The customer wants no marketing messages any more.",
    "resumes_marketing": "The customer wants marketing messages again.",
    "device_changed": "WhatsApp says that this customer's device or security code changed.",
    "number_changed": "The customer's number changed from +{before} to +{now}.",
    "title_number": "The number",
    "first_word": "Write to the number in WhatsApp, from your own phone.",
    "approval_verification": "Business verification",
    "verification": (
        "Meta looks at your company's papers, which may take days. Until then you may write first to few"
        " people a day; whoever writes to you can be answered."
    ),
    "under_review": (
        "Meta is still reviewing the WhatsApp Business Account, which may take days. We look again by "
        "ourselves."
    ),
    "no_past": "WhatsApp shows nothing of what was said before.",
}
