"""Every sentence that all of Meta's channels say to people, by its code. Data, no logic.

The words are those of the modules that say them; a test compares. ``{words}`` are the platform's own.
"""

SENTENCES = {
    "unreachable": "Meta could not be reached.",
    "connection_broke": "The connection broke before Meta had answered.",
    "answer_unreadable": "Meta's answer could not be read.",
    "token_unreadable": "The access token is empty or has characters that no token has: paste it again.",
    "in_trouble": "Meta had a fault of its own while it took the request.",
    "come_back_later": "Meta asks us to come back later.",
    "refused_silently": "Meta refused the request without saying why (HTTP {status}).",
    "refused": "Meta refused the request: {words}",
    "secret_of_another_app": "The app secret is not that of the app which made the access token.",
    "message_not_named": "Meta answered without saying which message it made.",
    "no_file_address": "Meta gave no address for this file.",
    "permission_missing": (
        "The app lacks a permission that this needs, or is not yet open to people without a role in it."
    ),
    "address_not_verified": (
        "Meta could not verify our webhook address: is it reachable from the internet by https?"
    ),
    "must_confirm": "Meta wants the person who made the token to sign in and confirm who they are.",
    "password_changed": "The person who made the token changed their password: make a new token.",
    "not_shown": "Meta does not show this to the app, or it does not exist.",
    "past_not_shown": (
        "Meta does not show past conversations to this app: it lacks the permission for them."
    ),
    "delivers_elsewhere": "The app delivers to another address: does a second installation use the same app?",
    "webhook_off": "Meta has switched the app's webhook off: connect it again.",
    "limit_reached": "This account or app has reached Meta's limit for now.",
    "too_much_since": "So much was written since that Meta no longer shows whether it arrived.",
    "file_uncertain": "Meta shows a file sent since then, but not whether it is this one.",
    "policy_because": "{sentence} Reason given: {words}",
    "policy_block": "Meta has stopped this account from sending messages because of its policy.",
    "policy_warning": "Meta warns this account that its messages break the platform's policy.",
    "control_none": "No app holds this conversation now.",
    "control_given": "{app} was given this conversation.",
    "control_ours": "We were given this conversation.",
    "control_taken": "{app} took this conversation over.",
    "control_asked": "{app} asks for this conversation.",
    "control_roles": "The roles of the apps on this Page changed.",
    "control_held": "Another app holds this conversation.",
    "app_inbox": "The Page's inbox",
    "app_other": "Another app",
    "app_named": "App {id}",
    "file_empty": "The file is empty.",
    "app_inbox_instagram": "Instagram's own inbox",
    "title_app": "Make an app at Meta",
    "title_secret": "App ID and app secret",
    "title_webhook": "The webhook",
    "step_webhook": (
        "We enter this address at Meta ourselves. Where Meta wants it done by hand, enter both in the "
        "app's dashboard under Webhooks and tick all fields."
    ),
    "approval_access": "Advanced access",
    "no_such_app": "There is no such app at Meta, or the app secret is not its own: copy both again.",
}
