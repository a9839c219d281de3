"""Every sentence that this channel says to people, by its code. Data, no logic.

The words are those of the modules that say them; a test compares. ``{words}`` are the platform's own.
"""

SENTENCES = {
    "step_sign_in": "Sign in at developers.facebook.com as a person who may manage the Page.",
    "step_app": "Create an app of the type Business and add the product Messenger to it.",
    "step_secret": "Copy the App ID and the app secret from App settings, Basic.",
    "step_token": (
        "Under Messenger, API settings, add your Page and press Generate: this is the Page access token."
    ),
    "step_publish": (
        "To hear from people who have no role in the app, publish it and ask Meta for advanced "
        "access to pages_messaging and pages_manage_metadata."
    ),
    "step_human_agent": "To answer after 24 hours, ask Meta for the feature Human Agent as well.",
    "field_app_id": "App ID",
    "field_app_secret": "App secret",
    "field_page_token": "Page access token",
    "hint_app_id": "The number at the top of your app's dashboard at developers.facebook.com.",
    "hint_app_secret": "App settings, Basic: press Show beside the app secret.",
    "hint_page_token": "Messenger, API settings: the token that Generate shows beside your Page.",
    "webhook_only": "Messenger delivers by webhook only, so it needs a public address.",
    "token_of_no_page": "The Page access token belongs to no Page.",
    "token_of_a_person": "The token belongs to {name}, which is no Page: generate it beside your Page.",
    "token_of_another_app": "The Page access token was made by the app {other}, not by {ours}.",
    "login_lost": "Facebook no longer accepts the Page access token: make a new one and connect again.",
    "window_closed": (
        "Messenger's reply window is closed: the customer has to write first. (Answers after 24 "
        "hours need Meta's approval for Human Agent.)"
    ),
    "not_published": (
        "The app is not published yet: until then only people with a role in it can be written to."
    ),
    "person_unreachable": "This person cannot be reached: they blocked the Page or left Messenger.",
    "person_cannot_receive": "This person cannot receive messages at the moment.",
    "page_may_not_send": "Facebook does not let this Page send messages: look into the Page's support inbox.",
    "human_agent_misused": (
        "Facebook warns that this Page misuses Human Agent: sending stopped to protect it."
    ),
    "person_unknown": "Facebook knows no such person for this Page.",
    "file_not_fetched": "Facebook could not fetch the file.",
    "file_type": "Facebook does not take a file of this type.",
    "file_too_big": "The file is too big for Messenger.",
    "video_too_slow": "Facebook took too long over this video: send a shorter one.",
    "held_by_another": (
        "Another app holds this conversation, often the Page's inbox: take it over there first."
    ),
    "advertisement_asks": "An advertisement's automatic questions are still running here.",
    "no_profile": "Facebook shows no profile of this person.",
    "no_profile_for_us": "Facebook shows us no profile of this person.",
    "message_gone": "The message was deleted, or is too old for Facebook to show.",
    "app_removed": "The app was removed from the Page: connect it again.",
    "token_expired": "The Page access token has expired: make a new one.",
    "may_not_manage": "The person who made the token may no longer manage the Page: make a new one.",
    "page_blocked": "Facebook has blocked this Page for a while because of its policy.",
    "week_is_over": (
        "The customer last wrote more than 7 days ago; Messenger lets us answer only when they write again."
    ),
    "no_captions": "Messenger has no captions: the text must be sent as a message of its own.",
    "nothing_to_send": "An empty message cannot be sent.",
    "text_has_too_many": "The text has {length} characters, and Messenger takes {most}.",
    "kind_not_carried": "Messenger lets us send no file of the kind {kind}.",
    "file_over": "The file is too big: Messenger takes {most} MB for {kind}.",
    "no_webhook": "The app has no webhook for Pages: connect it again.",
    "delivers_nothing": "Facebook no longer delivers this Page's messages to our app: connect it again.",
    "delivers_a_part": "Facebook delivers only a part: {missing} is missing.",
    "need_page": "A Facebook Page, and a Facebook account that may manage it.",
    "first_word": "Write to the Page in Messenger, from your own account: it needs a role in the app at first.",
    "approval_human_agent": "Human Agent",
}
