"""The `page` webhook fields that an app may subscribe to, and which one an item belongs to by its key."""

FIELD_OF_KEY = {
    "message_edit": "message_edits",
    "reaction": "message_reactions",
    "delivery": "message_deliveries",
    "read": "message_reads",
    "postback": "messaging_postbacks",
    "referral": "messaging_referrals",
    "optin": "messaging_optins",
    "pass_thread_control": "messaging_handovers",
    "take_thread_control": "messaging_handovers",
    "request_thread_control": "messaging_handovers",
    "app_roles": "messaging_handovers",
    "policy_enforcement": "messaging_policy_enforcement",
    "account_linking": "messaging_account_linking",
    "response_feedback": "response_feedback",
    "order": "send_cart",
    "messaging_customer_information": "messaging_customer_information",
}
KNOWN_FIELDS = frozenset({
    "messages", "message_echoes", *FIELD_OF_KEY.values(), "standby", "messaging_optouts",
    "messaging_integrity", "messaging_feedback", "messaging_in_thread_lead_form_submit",
    "message_template_status_update", "message_context", "inbox_labels", "feed", "mention", "group_feed",
    "ratings", "leadgen", "live_videos",
})  # fmt: skip
