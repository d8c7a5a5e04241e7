from tests.kpi.service.conftest import empty_store, new_talks, talks

__all__ = ["empty_store", "new_talks", "talks"]
