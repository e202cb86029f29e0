"""Words of a story that Jinja2 would lose unsaid: kept and never asked for, skipped, or not printed."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from data.sandbox.line_marks import without_marks

CLAIM = " claim"
"""What the filter is called that decides a claim: no author can write a name that begins with a space."""


class KeptWords:
    """What the commands of a story and of the files that it asks for do with words."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, int]] = {}
        """What a macro or a set keeps for later: its name, file and line."""
        self._used: set[str] = set()
        self._printing: dict[str, int] = {}
        """Files with words outside of their macros, and the line of the first."""
        self._imported: set[str] = set()
        self.branches = ""
        """What stands within claims: other data take the other words."""
        self.assigned: dict[str, tuple[str, int]] = {}
        """The names that loops, macros and `set` give to something, with the file and line where they first do."""

    def note(self, tree: nodes.Template, name: str, filename: str) -> None:
        """Look at the commands of one file. Raises TemplateSyntaxError for those that lose words whatever happens."""
        for node in tree.find_all((nodes.Macro, nodes.AssignBlock, nodes.Name, nodes.Include)):
            match node:
                case nodes.Macro():
                    self._kept.setdefault(node.name, (name, node.lineno))
                case nodes.AssignBlock() if isinstance(node.target, nodes.Name):
                    self._kept.setdefault(node.target.name, (name, node.lineno))
                case nodes.Name() if node.ctx == "load":
                    self._used.add(node.name)
                case nodes.Name():
                    self.assigned.setdefault(node.name, (name, node.lineno))
                case nodes.Include() if node.ignore_missing:
                    said = "{% include … ignore missing %} cannot be used: a file that is not there would be left out"
                    raise TemplateSyntaxError(said, node.lineno, name, filename)
                case nodes.Include() if isinstance(node.template, nodes.List | nodes.Tuple):
                    said = "{% include %} takes one file: of several, the first that is there would be printed alone"
                    raise TemplateSyntaxError(said, node.lineno, name, filename)
                case _:
                    pass
        data = {id(one): one.data for claim in _claims(tree) for one in claim.find_all(nodes.TemplateData)}
        self.branches += "".join(f"\n{without_marks(one)}" for one in data.values())
        for command in tree.find_all((nodes.Extends, nodes.Import, nodes.FromImport)):
            if isinstance(command, nodes.Extends):
                said = "{% extends %} cannot be used: words outside of its blocks would be lost"
                raise TemplateSyntaxError(said, command.lineno, name, filename)
            if not isinstance(command.template, nodes.Const):
                said = "{% import %} takes the name of a file, in quotation marks"
                raise TemplateSyntaxError(said, command.lineno, name, filename)
            self._imported.add(str(command.template.value))
        line = next((line for node in tree.body if (line := _printing_line(node))), 0)
        if line:
            self._printing[name] = line

    def add(self, of_file: KeptWords) -> None:
        """Add what was noted of one file."""
        for name, place in of_file._kept.items():
            self._kept.setdefault(name, place)
        self._used |= of_file._used
        self._printing |= of_file._printing
        self._imported |= of_file._imported
        self.branches += of_file.branches
        for name, place in of_file.assigned.items():
            self.assigned.setdefault(name, place)

    def lost(self) -> Iterator[tuple[str, int, str, str]]:
        """What is lost: file, line, what is wrong, what to do."""
        for name, (file, line) in self._kept.items():
            if name not in self._used:
                yield (
                    file,
                    line,
                    f"the words of '{name}' are never asked for, and would be lost.",
                    f"Write {{{{ {name} }}}} or {{{{ {name}() }}}} where they are to stand, or delete them.",
                )
        for file in self._imported & self._printing.keys():
            yield (
                file,
                self._printing[file],
                "the file is imported, so that its macros are known and its other words are lost.",
                "Keep macros and words in two files, and ask for words with {% include %}.",
            )


def _printing_line(node: nodes.Node) -> int:
    """The line in which a command at the top of a file prints something; 0 of a macro, or of space between two."""
    match node:
        case nodes.Macro() | nodes.Assign() | nodes.AssignBlock() | nodes.Import() | nodes.FromImport():
            return 0
        case nodes.Output():
            for part in node.nodes:
                words = without_marks(part.data) if isinstance(part, nodes.TemplateData) else "value"
                if words.strip():
                    return part.lineno + words[: len(words) - len(words.lstrip())].count("\n")
            return 0
        case _:
            return node.lineno


def _claims(tree: nodes.Template) -> Iterator[nodes.If]:
    for branch in tree.find_all(nodes.If):
        if isinstance(branch.test, nodes.Filter) and branch.test.name == CLAIM:
            yield branch
