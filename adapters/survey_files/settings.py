"""What config.yaml may say about a survey whose answers come in files."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from connector.settings import SourceSettings
from connector.surveys.mapping import SurveyMapping


class SurveyFilesSettings(SurveyMapping, SourceSettings):
    """Answers to a survey, from the CSV, Excel and JSON files that survey tools export.

    Such sources stand under `surveys`, where `connector import` puts them; each survey is a source of its own.
    """

    block: ClassVar[str] = "surveys"

    adapter: Literal["survey_files"] = Field("survey_files", description="the kind of system")
    url: str = Field("file:", description="where the files lie; filled in by the program")
    survey: str = Field(description="the name of the survey; filled in by the program")

    @property
    def reads_by_itself(self) -> bool:
        """A survey without watched files is read by `import` alone."""
        return bool(self.patterns)
