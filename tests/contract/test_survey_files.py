"""The contract suite on surveys in files, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.survey_files.simulator import SurveyFolder
from connector.simulation import Simulator
from connector.testing import AdapterContract


class TestSurveyFiles(AdapterContract):
    adapter = "survey_files"

    def simulator(self) -> type[Simulator]:
        return SurveyFolder


@pytest.mark.postgresql
class TestSurveyFilesOnPostgreSQL(TestSurveyFiles):
    @pytest.fixture
    def store_url(self, postgresql_server) -> Iterator[str]:
        database = postgresql_server.create("template_store")
        yield postgresql_server.url(database)
        postgresql_server.drop(database)
