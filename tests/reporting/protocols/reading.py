"""A reader of policies that knows only ODRL and the profile of docs/protocols.md: what a gateway would write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF

from compliance.authorisations.terms import period_start
from compliance.kernel.clock import BRUSSELS, EPOCH, from_microseconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rdflib.term import Node

    from compliance.authorisations.judgement import Shape
    from compliance.authorisations.usage import Usage

ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
DPV = Namespace("https://w3id.org/dpv#")


@dataclass(frozen=True)
class Constraint:
    """One constraint of a rule."""

    operand: str
    operator: str
    right: tuple[Node, ...]
    unit: str


@dataclass(frozen=True)
class Rule:
    """A permission or a prohibition."""

    assigner: frozenset[str]
    assignees: frozenset[str]
    targets: frozenset[str]
    constraints: tuple[Constraint, ...]


class Policy:
    """A policy, read from its JSON-LD by a library that knows nothing of ours."""

    def __init__(self, text: str) -> None:
        """Read it."""
        graph = Graph().parse(data=text, format="json-ld")
        (subject,) = graph.subjects(RDF.type, ODRL.Agreement)
        self.permissions = [_rule(graph, one) for one in graph.objects(subject, ODRL.permission)]
        self.prohibitions = [_rule(graph, one) for one in graph.objects(subject, ODRL.prohibition)]
        self.code = str(next(graph.objects(subject, URIRef("http://purl.org/dc/terms/identifier")))).partition("/")[0]

    def permits(self, shape: Shape, *, at: int, user_group: str | None, usage: Usage) -> bool:
        """Tell whether an exchange of this shape is permitted, and not prohibited."""
        asked = (shape, at, user_group, usage)
        permitted = any(self._applies(rule, *asked) for rule in self.permissions)
        return permitted and not any(self._applies(rule, *asked) for rule in self.prohibitions)

    def _applies(self, rule: Rule, shape: Shape, at: int, user_group: str | None, usage: Usage) -> bool:
        services = {shape.service, f"{shape.service}/{shape.service_version}"}
        return (
            shape.provider in rule.assigner
            and shape.recipient in rule.assignees
            and bool(services & rule.targets)
            and all(self._holds(one, shape, at, user_group, usage) for one in rule.constraints)
        )

    def _holds(self, one: Constraint, shape: Shape, at: int, user_group: str | None, usage: Usage) -> bool:
        if one.operator == "isAnyOf":
            asked = _asked(one.operand, shape, user_group)
            return asked is None or asked <= {_code(value) for value in one.right}
        (node,) = one.right
        assert isinstance(node, Literal)
        match one.operand, one.operator:
            case "dateTime", "gteq":
                return at >= _microseconds(node.value)
            case "dateTime", "lt":
                return at < _microseconds(node.value)
            case "term.hours", "eq":
                return _open(json.loads(node), from_microseconds(at).astimezone(BRUSSELS))
            case "count", "lteq":
                period: Any = one.unit.removeprefix("term.per-")
                used = usage.count(self.code, period, period_start(at=at, period=period))
                return used + 1 <= int(node.value)
        raise AssertionError(one)


def _asked(operand: str, shape: Shape, user_group: str | None) -> set[str] | None:
    """Return what an exchange asks of one operand; ``None`` when that is asked of nobody."""
    return {
        "purpose": {shape.purpose},
        "hasLegalBasis": {shape.legal_basis},
        "hasPersonalData": set(shape.categories),
        "term.route": {shape.route},
        "term.environment": {shape.environment},
        "term.user-group": None if user_group is None else {user_group},
    }[operand]


def _rule(graph: Graph, node: Node) -> Rule:
    return Rule(
        assigner=frozenset(_code(one) for one in graph.objects(node, ODRL.assigner)),
        assignees=frozenset(_code(one) for one in graph.objects(node, ODRL.assignee)),
        targets=frozenset(_code(one) for one in graph.objects(node, ODRL.target)),
        constraints=tuple(_constraints(graph, node)),
    )


def _constraints(graph: Graph, rule: Node) -> Iterator[Constraint]:
    for node in graph.objects(rule, ODRL.constraint):
        yield Constraint(
            operand=_name(next(graph.objects(node, ODRL.leftOperand))),
            operator=_name(next(graph.objects(node, ODRL.operator))),
            right=tuple(graph.objects(node, ODRL.rightOperand)),
            unit=next((_name(one) for one in graph.objects(node, ODRL.unit)), ""),
        )


def _name(node: Node) -> str:
    return str(node).replace("#", "/").rpartition("/")[2]


def _code(node: Node) -> str:
    """Return the code of a row of the register: what stands after the first point of the fragment."""
    return str(node) if isinstance(node, Literal) else str(node).partition("#")[2].partition(".")[2]


def _microseconds(value: datetime) -> int:
    return (value - EPOCH) // timedelta(microseconds=1)


def _open(hours: Any, local: datetime) -> bool:
    clock, today = f"{local:%H:%M}", local.isoweekday()
    start, end, days = hours["from"], hours["until"], hours["weekdays"]
    if start < end:
        return today in days and start <= clock < end
    yesterday = (local - timedelta(days=1)).isoweekday()
    return (today in days and clock >= start) or (yesterday in days and clock < end)
