"""The training plan in the inspector: its tables, its declared fields, seeds and the schedule of the learning rate."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import dash_mantine_components as dmc
from dash import html

from leabra_studio.engine.params import Param
from leabra_studio.engine.schedules import SCHEDULES
from leabra_studio.model.document import Model
from leabra_studio.model.patterns import find_table
from leabra_studio.model.plan import TrainingPlan, obstacle
from leabra_studio.model.problems import problems
from leabra_studio.web.fields import as_text, help_text, limits
from leabra_studio.web.parts import Node, button, icon, intent
from leabra_studio.web.plan_intents import SCHEDULE, words

TABLES = {
    "train": ("Train on", "none: cycles run freely", "The table of patterns that every epoch shows, row by row."),
    "test": ("Test with", "none: no tests", "The table of patterns that is tested on the way, without learning."),
}
SEEDS_HELP = (
    "seeds: the seed of each run, separated by commas, which is also how many runs there are · empty: the model's seed "
    "and those that follow it"
)
SCHEDULE_HELP = "lrate_schedule: how the learning rate of all projections changes from epoch to epoch · default none"


def head(model: Model) -> list[Node]:
    """The title line: what is trained on, and how large it is."""
    name = model.plan.train
    rows = 0 if name is None else len(find_table(model, name).rows)
    sub = "no table to train on" if name is None else f"{name} · {rows} row{'' if rows == 1 else 's'}"
    close = button("plan-close", "Close", "close", icon_only=True, title="Show the model")
    for key, value in intent("plan_hide").items():
        setattr(close, key, value)
    return [icon("run"), html.H2("Training plan"), html.Span(sub, className="sub", title=sub), close]


def form(model: Model) -> list[Node]:
    """The form: tables first, then the declared fields in their groups, seeds and schedule."""
    plan = model.plan
    titled = groupby(plan.params().values(), key=lambda param: param.group)
    sections = {title: [_row(plan, param) for param in some] for title, some in titled}
    sections["Runs"].append(_seeds(plan))
    return [
        *_obstacle(model),
        _section("Patterns", [_chooser(model, field) for field in TABLES]),
        *(_section(title, rows) for title, rows in sections.items()),
        _section("Learning rate", _schedule(plan)),
    ]


def _obstacle(model: Model) -> list[Node]:
    """Why it cannot train, and the one click that mends it where there is one."""
    why = obstacle(model)
    if not why:
        return []
    unfit = next((p.table for p in problems(model) if p.fits and p.table in (model.plan.train, model.plan.test)), None)
    if not model.patterns:
        mend = [_link("New table", "table_new")]
    elif unfit is not None:
        mend = [_link("Fit to the network", "table_fit", table=unfit)]
    else:
        mend = [_link("Show the table", "table_show", table=model.plan.train or model.patterns[0].name)]
    return [html.Div([icon("warn", small=True), html.Span(why), *mend], className="pattern-note plan-note")]


def _link(word: str, op: str, **fields: str) -> html.Button:
    return html.Button(word, type="button", className="link", **intent(op, **fields))


def _section(title: str, rows: list[Node]) -> html.Details:
    summary = html.Summary(html.Span(title, className="word"))
    return html.Details([summary, *rows], open=True, className="group", id=f"plan-{title}", **{"data-group": title})


def _row(plan: TrainingPlan, param: Param) -> html.Div:
    """One declared field: its name in words, its control and unit."""
    value = as_text(getattr(plan, param.name))
    if param.kind == "choice":
        options = [(word, word) for word in param.choices]
        return _field(words(param.name), _select(param.name, options, value), "", help_text(param))
    exact = str(getattr(plan, param.name))
    return _field(
        words(param.name),
        _input(param.name, exact, words(param.name), **limits(param)),
        _facts(param),
        help_text(param),
    )


def _facts(param: Param) -> str:
    """The unit of a number; the range of one without unit."""
    return param.unit or param.range_text()


def _field(label: str, control: Any, facts: str, help_text: str) -> html.Div:
    children = [html.Label(label, htmlFor=control.id), control]
    children += [html.Span(facts, className="count facts", title=facts)] if facts else []
    return html.Div(
        [*children, html.Div(className="field-error own", role="status")],
        className="field plan-field" if facts else "field plan-field wide",
        title=help_text,
        **{"data-help": help_text},
    )


def _chooser(model: Model, field: str) -> html.Div:
    label, none, help_text = TABLES[field]
    options = [("", none)] + [(table.name, f"{table.name} · {len(table.rows)}") for table in model.patterns]
    return _field(label, _select(field, options, getattr(model.plan, field) or ""), "", f"{field}: {help_text}")


def _seeds(plan: TrainingPlan) -> html.Div:
    control = _input("seeds", ", ".join(map(str, plan.seeds)), "Seeds", "those that follow the model's")
    return _field("Seeds", control, "", SEEDS_HELP)


def _schedule(plan: TrainingPlan) -> list[Node]:
    """The type of the schedule, and the numbers that it declares."""
    schedule = plan.schedule()
    chosen = "" if schedule is None else type(schedule).__name__
    options = [("", "none: it stays as it is"), *((word, word) for word in SCHEDULES)]
    rows = [_field("Schedule", _select(f"{SCHEDULE}.type", options, chosen), "", SCHEDULE_HELP)]
    if schedule is None:
        return rows
    for name, param in schedule.params().items():
        control = _input(f"{SCHEDULE}.{name}", str(getattr(schedule, name)), words(name), **limits(param))
        rows.append(_field(words(name), control, _facts(param), help_text(param)))
    return rows


def _select(key: str, options: list[tuple[str, str]], chosen: str) -> html.Select:
    made = [html.Option(word, value=value, selected=value == chosen) for value, word in options]
    return html.Select(made, id=f"plan-{key}", className="select", **_data(key, chosen))


def _input(key: str, text: str, label: str, placeholder: str = "", **more: str) -> dmc.TextInput:
    return dmc.TextInput(
        id=f"plan-{key}",
        value=text,
        placeholder=placeholder,
        size="xs",
        className="text-field",
        **{"aria-label": label},
        **_data(key, text),
        **more,
    )


def _data(key: str, text: str) -> dict[str, str]:
    return {"data-op": "set_plan", "data-key": key, "data-name": "plan", "data-value": text}
