-- Whether any call of a webhook was given up is asked whenever one arrives: the alarm about it ends with the last of them.
create index webhook_calls_given_up on webhook_calls (workspace_id, webhook_id) where state = 'given_up';
