"""Contract templates: clauses with typed variables, in versions that are reviewed before anybody uses them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.user import User


class ContractKind(StrEnum):
    """What kind of document it is. Each kind has its own run of numbers in a year."""

    DISTRIBUTION = "distribution"
    LETTER_OF_INTENT = "letter_of_intent"
    TRIAL = "trial"
    AMENDMENT = "amendment"


class TemplateLanguage(StrEnum):
    """In which language the document is printed."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"  # each clause in both, Chinese prevailing


class TemplateState(StrEnum):
    """Whether contracts may be made from a version."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"  # a newer one is approved; contracts made from it stay as they are


class VariableKind(StrEnum):
    """What may stand for a variable."""

    TEXT = "text"
    MONEY = "money"  # printed with its capital amount 大写金额
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    DAYS = "days"
    TERRITORY = "territory"
    CHOICE = "choice"
    YES_NO = "yes_no"
    GOODS = "goods"  # the table of goods
    TARGETS = "targets"  # the table of sales targets
    PAYMENTS = "payments"  # the table of payments and when they are due


class ContractTemplate(Base):
    """A document the company signs again and again."""

    __tablename__ = "contract_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[ContractKind] = mapped_column(choice(ContractKind))
    is_active: Mapped[bool] = mapped_column(default=True)

    versions: Mapped[list["TemplateVersion"]] = relationship(
        back_populates="template", cascade="all, delete-orphan", order_by="TemplateVersion.number"
    )


class TemplateVersion(Base):
    """One version. Once in review its clauses and variables stay as they are; a change makes a new version."""

    __tablename__ = "template_versions"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("contract_templates.id", ondelete="CASCADE"))
    number: Mapped[int]
    language: Mapped[TemplateLanguage] = mapped_column(choice(TemplateLanguage), default=TemplateLanguage.ZH)
    title: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[TemplateState] = mapped_column(choice(TemplateState), default=TemplateState.DRAFT)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    remarks: Mapped[str] = mapped_column(Text, default="")  # why it was returned
    version: Mapped[int] = mapped_column(default=1)

    template: Mapped[ContractTemplate] = relationship(back_populates="versions")
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="template_version", cascade="all, delete-orphan", order_by="Clause.position"
    )
    variables: Mapped[list["TemplateVariable"]] = relationship(
        back_populates="template_version", cascade="all, delete-orphan", order_by="TemplateVariable.position"
    )
    created_by: Mapped[User | None] = relationship(foreign_keys=created_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    __mapper_args__ = {"version_id_col": version}


class Clause(Base):
    """One clause, in one or both languages; its text may name variables: `{{ deposit }}`."""

    __tablename__ = "clauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    template_version_id: Mapped[int] = mapped_column(ForeignKey("template_versions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    heading: Mapped[str] = mapped_column(String(120), default="")
    heading_en: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    body_en: Mapped[str] = mapped_column(Text, default="")
    condition: Mapped[str] = mapped_column(String(120), default="")  # printed only when it holds: "is_exclusive"

    template_version: Mapped[TemplateVersion] = relationship(back_populates="clauses")


class TemplateVariable(Base):
    """A blank to be filled, with what may stand in it and where its value comes from."""

    __tablename__ = "template_variables"
    __table_args__ = (UniqueConstraint("template_version_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_version_id: Mapped[int] = mapped_column(ForeignKey("template_versions.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[VariableKind] = mapped_column(choice(VariableKind))
    is_required: Mapped[bool] = mapped_column(default=True)
    choices: Mapped[list[Any]] = mapped_column(JSON, default=list)
    source: Mapped[str] = mapped_column(String(60), default="")  # "dealer.company", "contract.deposit"; "": typed

    template_version: Mapped[TemplateVersion] = relationship(back_populates="variables")
