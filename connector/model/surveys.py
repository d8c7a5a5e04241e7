"""What people answered when they were asked."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from connector.model.columns import big, text_


class SurveyAnswer(SQLModel, table=True):
    """One answer to one question of a survey, or an offer nobody answered (`score` null)."""

    __tablename__ = "survey_answers"
    __table_args__ = (
        Index("ix_survey_answers_email", "email_key"),
        Index("ix_survey_answers_conversation", "source_id", "conversation_id"),
        Index("ix_survey_answers_account", "source_id", "account_id"),
        Index("ix_survey_answers_response", "source_id", "response_id"),
    )
    source_id: int = Field(sa_column=big(key=True))
    answer_id: str = Field(sa_column=text_(key=True))
    response_id: str | None = Field(default=None, sa_column=text_())  # one filled-in form may hold several answers
    survey: str = Field(sa_column=text_(null=False))
    kind: str = Field(sa_column=text_(null=False))  # relational | transactional
    metric: str = Field(sa_column=text_(null=False))  # nps | csat | ces
    scale: str = Field(sa_column=text_(null=False))  # "0-10", "1-5", "1-7", "good-bad"
    score: int | None = Field(default=None, sa_column=big())
    score_rest_micros: int | None = Field(default=None, sa_column=big())  # of 4.5 stars, what is above the 4
    label: str | None = Field(default=None, sa_column=text_())
    offered_at: int | None = Field(default=None, sa_column=big())
    answered_at: int | None = Field(default=None, sa_column=big())
    superseded: bool = Field(default=False)  # an earlier answer of the same survey by the same person
    conversation_id: str | None = Field(default=None, sa_column=text_())
    order_id: str | None = Field(default=None, sa_column=text_())
    account_id: str | None = Field(default=None, sa_column=text_())
    email: str | None = Field(default=None, sa_column=text_())
    email_key: str | None = Field(default=None, sa_column=text_())
    agent_id: str | None = Field(default=None, sa_column=text_())
    channel: str | None = Field(default=None, sa_column=text_())
    comment: str | None = Field(default=None, sa_column=text_())  # only where texts are kept
    person_id: int | None = Field(default=None, sa_column=big(index=True))
    gone_at: int | None = Field(default=None, sa_column=big())
