from tests.inbox.shared import inbox, shared_house

__all__ = ["inbox", "shared_house"]
