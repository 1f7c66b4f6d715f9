"""Reads from the source what an error can say: its text with placeholders, in each of its alternatives.

Nothing is run. A text is followed through f-strings, messages, conditions, names, functions that return it, and calls
that hand it over; what cannot be followed becomes a placeholder such as PATH.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef

MOST = 60
"""So many alternatives of a text are followed."""
MOST_PUT_IN = 8
"""So many alternatives of a name are put into a longer text."""
DEEPEST = 8


@dataclass(frozen=True)
class Raised:
    """One place that makes an error: the module, and what each of its texts may be."""

    module: str
    what: tuple[str, ...]
    why: tuple[str, ...]
    fix: tuple[str, ...]


@dataclass
class Source:
    """All modules, and where functions are defined and called."""

    modules: dict[str, ast.Module] = field(default_factory=dict)
    names: dict[ast.Module, str] = field(default_factory=dict)
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    homes: dict[ast.AST, ast.Module] = field(default_factory=dict)
    functions: dict[str, list[Function]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[str, list[ast.Call]] = field(default_factory=lambda: defaultdict(list))
    imports: dict[ast.Module, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    known: dict[ast.expr, list[str]] = field(default_factory=dict)
    open: set[ast.expr] = field(default_factory=set)

    @classmethod
    def of(cls, folder: Path) -> Source:
        self = cls()
        for path in sorted(folder.rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            name = path.relative_to(folder).with_suffix("").as_posix()
            self.modules[name], self.names[tree] = tree, name
            self._read(tree, tree)
        return self

    def _read(self, node: ast.AST, home: ast.Module) -> None:
        self.homes[node] = home
        if isinstance(node, Function):
            self.functions[node.name].append(node)
        elif isinstance(node, ast.Call):
            self.calls[called(node)].append(node)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot"):
            place = (node.module or "")[3:].strip(".").replace(".", "/")
            self.imports[home] += [(place, alias.name) for alias in node.names]
        for key in node._fields:
            value = getattr(node, key, None)
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not isinstance(child, ast.expr_context | ast.operator):
                    self.parents[child] = node
                    self._read(child, home)

    def errors(self) -> list[str]:
        """The names of the error and of its kinds."""
        bases = {"AmtsError"}
        kinds = [node for node in self.homes if isinstance(node, ast.ClassDef)]
        return ["AmtsError", *(k.name for k in kinds if any(getattr(b, "id", "") in bases for b in k.bases))]

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node is in, the innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def found(self, name: str, near: ast.AST) -> Function | None:
        """The function that a name means: of this module, else the imported one, else the only one with that name."""
        every = self.functions.get(name, [])
        here = [f for f in every if self.homes[f] is self.homes[near]]
        if len(here) != 1 and len(every) > 1:
            imported = self.imports[self.homes[near]]
            # The module that a name is imported from, or one that is imported whole.
            places = [place if name == one else f"{place}/{one}".strip("/") for place, one in imported]
            here = [f for f in every if any(self.modules.get(place) is self.homes[f] for place in places)]
        chosen = here or every
        return chosen[0] if len(chosen) == 1 else None


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def raised(source: Source) -> Iterator[Raised]:
    """Every error of the code, in the order of modules and lines."""
    for call in [call for name in source.errors() for call in source.calls[name]]:
        given = {k.arg: k.value for k in call.keywords}
        texts = [call.args[0], given["why"], given["fix"]]
        if all(isinstance(t, ast.Attribute) and t.attr in ("what", "why") for t in texts[:2]):
            continue  # Another error with more advice.
        what, why, fix = (alternatives(text, source) for text in texts)
        yield Raised(source.names[source.homes[call]], what, why, fix)


def allowed_values(source: Source) -> list[str]:
    """What a setting should be, in the words of the validators."""
    made = [call for call in source.calls["PydanticCustomError"] if len(call.args) > 1]
    texts = [text for call in made for text in alternatives(call.args[1], source)]
    return list(dict.fromkeys(text for text in texts if not text.isupper()))


def alternatives(node: ast.expr, source: Source) -> tuple[str, ...]:
    """What an expression may be, without what only repeats and what cannot be followed if something can."""
    every = _texts(node, source, 0)
    whole = [t for t in every if not t.endswith(" ")]  # What is missing at the end is in another one.
    texts = list(dict.fromkeys(" ".join(t.split()) for t in whole or every))
    spoken = [t for t in texts if re.search(r"[a-z]{2}", t)]
    return tuple(t for t in spoken or texts if t and not any(_longer(t, other) for other in texts))


def _longer(text: str, other: str) -> bool:
    """Whether a text only adds to another what is clear by itself."""
    rest = text.removeprefix(other) if other and text != other else text
    return rest != text and (rest.startswith("; ") or rest.isupper())


def _texts(node: ast.expr, source: Source, depth: int) -> list[str]:
    """The same, with every alternative; a placeholder where there is nothing to follow."""
    if depth > DEEPEST or node in source.open:
        return [placeholder(node)]
    if node not in source.known:
        source.open.add(node)
        source.known[node] = list(dict.fromkeys(_read(node, source, depth + 1)))[:MOST]
        source.open.discard(node)
    return source.known[node]


def _read(node: ast.expr, source: Source, deeper: int) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Constant(value=None):
            return [""]
        case ast.JoinedStr(values=values):
            return _joined([_piece(v, source, deeper) for v in values], [ast.dump(v) for v in values])
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _joined([_texts(left, source, deeper), _texts(right, source, deeper)])
        case ast.IfExp(body=body, orelse=other):
            return _texts(body, source, deeper) + _texts(other, source, deeper)
        case ast.BoolOp(values=values):
            return [text for v in values for text in _texts(v, source, deeper) if text]
        case ast.Name():
            return _named(node, source, deeper)
        case ast.Call(args=[template, *_]) if called(node) == "Message":
            put_in = {k.arg or "": k.value for k in node.keywords}
            return [t for text in _texts(template, source, deeper) for t in _filled(text, put_in, source, deeper)]
        case ast.Call(args=[inner, *_]) if called(node) in ("redacted", "str", "persistent"):
            return _texts(inner, source, deeper)
        case ast.Call():
            return _returned(node, source, deeper)
        case ast.Subscript(value=ast.Name() as table) | ast.Call(func=ast.Attribute(value=ast.Name() as table)):
            return _of_table(table, source, deeper) or [placeholder(node)]
    return [placeholder(node)]


def _piece(node: ast.expr, source: Source, depth: int) -> list[str]:
    """A part of an f-string. Only constants are put in: a longer story is better read under its own message."""
    if not isinstance(node, ast.FormattedValue):
        return _texts(node, source, depth)
    if isinstance(node.value, ast.IfExp | ast.BoolOp):
        return _texts(node.value, source, depth)
    if isinstance(node.value, ast.Name):
        texts = _texts(node.value, source, depth)
        if len(texts) <= MOST_PUT_IN and all(not t or re.search(r"[a-z]{2}", t) for t in texts):
            return texts
    return [placeholder(node.value)]


def _joined(parts: list[list[str]], same: list[str] | None = None) -> list[str]:
    """Every way to put the parts together; parts that are the ``same`` are chosen alike."""
    keys = same or [str(n) for n in range(len(parts))]
    first = [keys.index(key) for key in keys]
    choices = [range(len(part)) if first[n] == n else range(1) for n, part in enumerate(parts)]
    rows = itertools.islice(itertools.product(*choices), MOST)
    return ["".join(part[row[first[n]]] for n, part in enumerate(parts)) for row in rows]


def _filled(template: str, values: dict[str, ast.expr], source: Source, depth: int) -> list[str]:
    """A message, whose values are placeholders unless they are messages or texts themselves."""
    words = re.split(r"\{(\w+)(?::[^{}]*)?\}", template)
    parts = [[word] if n % 2 == 0 else [_upper(word)] for n, word in enumerate(words)]
    for n in range(1, len(words), 2):
        value = values.get(words[n])
        if isinstance(value, ast.Call) and called(value) == "Message":
            parts[n] = _texts(value, source, depth)
    return _joined(parts)


def _named(name: ast.Name, source: Source, depth: int) -> list[str]:
    """What a name may have been set to, in its function or in a call of that; else in its module."""
    for scope in source.around(name):
        if not isinstance(scope, Function | ast.Module):
            continue
        values = [v for v in _assigned(scope, name.id) if v is not name]
        if values:
            return [t for v in values for t in _texts(v, source, depth)][:MOST]
        if isinstance(scope, Function) and name.id in [a.arg for a in _parameters(scope)]:
            return _handed_over(scope, name, source, depth)
    return [placeholder(name)]


def _assigned(scope: ast.AST, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        if isinstance(scope, ast.Module) and node not in scope.body:
            continue
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case ast.AugAssign(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=value):
                for n, one in enumerate(names):
                    if isinstance(one, ast.Name) and one.id == name:
                        yield from _nth(value, n)


def _nth(value: ast.expr, n: int) -> Iterator[ast.expr]:
    if isinstance(value, ast.Tuple):
        yield value.elts[n]
    elif isinstance(value, ast.IfExp):
        yield from _nth(value.body, n)
        yield from _nth(value.orelse, n)


def _parameters(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _handed_over(function: Function, name: ast.Name, source: Source, depth: int) -> list[str]:
    """What calls of a function give for one of its parameters."""
    names = [a.arg for a in _parameters(function)]
    given_by_name = zip([a.arg for a in function.args.kwonlyargs], function.args.kw_defaults, strict=True)
    defaults = {name: value for name, value in given_by_name if value is not None}
    place = names.index(name.id) - (names[0] in ("self", "cls"))
    found: list[str] = []
    for call in source.calls.get(function.name, []):
        if source.found(function.name, call) is not function:
            continue
        given = {k.arg: k.value for k in call.keywords}
        if name.id in given:
            found += _texts(given[name.id], source, depth)
        elif 0 <= place < len(call.args):
            found += _texts(call.args[place], source, depth)
        elif name.id in defaults:
            found += _texts(defaults[name.id], source, depth)
    return found[:MOST] or [placeholder(name)]


def _returned(call: ast.Call, source: Source, depth: int) -> list[str]:
    """What a function of the project may return; a placeholder for any other."""
    function = source.found(called(call), call)
    if function is None:
        return [placeholder(call)]
    values = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value is not None]
    return [t for v in values for t in _texts(v, source, depth)][:MOST] or [placeholder(call)]


def _of_table(name: ast.Name, source: Source, depth: int) -> list[str]:
    """The values of a mapping that is written out."""
    for scope in source.around(name):
        if isinstance(scope, Function | ast.Module):
            for value in _assigned(scope, name.id):
                if isinstance(value, ast.Dict):
                    return [t for v in value.values for t in _texts(v, source, depth)][:MOST]
    return []


def placeholder(node: ast.expr) -> str:
    """A word in capitals for what is only known when it happens."""
    match node:
        case ast.Name(id=name):
            return _upper(name)
        case ast.Attribute(attr="__name__"):
            return "ERROR"
        case ast.Attribute(attr=name):
            return _upper(name)
        case ast.Subscript(value=value):
            return placeholder(value)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp(generators=[one])]):
            return placeholder(one.iter)
        case ast.Call(func=ast.Attribute(attr="join"), args=[inner]):
            return placeholder(inner)
        case ast.Call(func=ast.Name(id="map" | "sorted" | "list" | "many" | "_names"), args=[*_, inner]):
            return placeholder(inner)
        case ast.Call(func=ast.Name(id="len")):
            return "NUMBER"
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return placeholder(inner)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name)):
            return _upper(name)
        case ast.Call(func=ast.Attribute(value=value)):
            return placeholder(value)
        case ast.Call(func=ast.Name(id=name)):
            return _upper(name)
        case ast.Dict() | ast.Constant():
            return "VALUE"
        case ast.IfExp(body=inner) | ast.BinOp(left=inner):
            return placeholder(inner)
    return "TEXT"


def _upper(name: str) -> str:
    return name.strip("_").upper().replace("_", "-")
