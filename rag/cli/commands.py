"""The commands of `sverka`. Each imports what it needs when it runs: a question must not wait for a chat page's packages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.cli import options, output
from rag.cli.places import archive_dir, sample_corpus, sample_for
from rag.cli.progress import Reporter
from rag.errors import ArchiveMissing, QueryError

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.types import IndexReport

app = typer.Typer(
    help="Answers questions over a press archive. Every sentence it prints is an exact quotation that you can check.",
    epilog="Try it: sverka ask --sample 'How long did the talks in Beijing last?'",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print(result: dict[str, Any] | Sequence[output.Line | output.Grid]) -> None:
    if isinstance(result, dict):
        output.write_json(result)
    else:
        output.write_lines(result)


def _name_failures(report: IndexReport) -> None:
    for failure in report.failed:
        output.note(f"Not indexed: {failure.source}: {failure.reason}")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(metadata.version("sverka"))
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of `sverka` itself."""


def _write_archive(directory: Path) -> Archive:
    from rag.archive import Archive
    from rag.settings import Settings

    try:
        return Archive.open(directory)
    except ArchiveMissing:
        return Archive.create(directory, settings=Settings.from_env())


def _index(directory: Path, paths: list[Path], *, prune: bool = False) -> IndexReport:
    if not any(os.path.lexists(path) for path in paths):  # a slip of the pen must not leave an empty archive behind
        from rag.types import Failure, IndexReport

        return IndexReport(failed=tuple(Failure(str(path), "there is no such file or folder") for path in paths))
    with Reporter() as reporter, _write_archive(directory) as archive:
        return archive.index(paths, prune=prune, on_progress=reporter)


def _index_sample(directory: Path) -> None:
    if corpus := sample_for(directory):
        _name_failures(_index(directory, [corpus], prune=True))


def _read_archive(named: Path | None, *, sample: bool) -> Archive:
    """The archive to read. The sample one is made when it is asked for; it also stands in while there is no other."""
    from rag.archive import Archive

    directory = archive_dir(named, sample=sample)
    try:
        return Archive.open(directory)
    except ArchiveMissing as missing:
        if sample:
            _index_sample(directory)
            return Archive.open(directory)
        fallback = archive_dir(None, sample=True)
        if named is None and fallback != directory:
            try:
                archive = Archive.open(fallback)
            except ArchiveMissing:
                pass
            else:
                output.note("You have no archive of your own yet; this is the sample archive.")
                return archive
        raise ArchiveMissing(
            f"There is no archive in {directory}. Make one of your articles with: sverka index PATH  or look at the sample "
            "articles by adding --sample."
        ) from missing


@app.command(epilog="Example: sverka index ~/articles --prune")
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", parser=options.some_path, help="Files and folders of articles."),
    ] = None,
    archive: options.ArchiveOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Also remove articles whose files are gone.")] = False,
    sample: options.SampleOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Put articles into the archive. Changed files are read anew, unchanged ones cost nothing.

    Exits with 1 where a source failed; each is named with its reason, and the others are in.
    """
    if sample == bool(paths):
        raise QueryError("Name the files and folders to index, or give --sample for the sample articles.")
    directory = archive_dir(archive, sample=sample)
    chosen = [sample_for(directory) or sample_corpus()] if sample else [path.expanduser() for path in paths or ()]
    report = _index(directory, chosen, prune=prune)
    _print(report.to_dict() if as_json else output.report_lines(report))
    _name_failures(report)
    if report.failed:
        raise typer.Exit(1)


@app.command(epilog="Example: sverka ask 'What did Medvedev bring to Pyongyang?' --since 2025-10-01")
def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question, in any language.", show_default=False)],
    archive: options.ArchiveOption = None,
    language: options.LanguageOption = None,
    outlet: options.OutletOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    k: options.NumberOption = 10,
    mode: options.ModeOption = "hybrid",
    model: options.ModelOption = None,
    allow_remote: options.RemoteOption = None,
    sample: options.SampleOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Answer a question from the archive, or say that it does not answer it: in exact quotations, or, with a model, in
    sentences that it wrote and that were checked against them."""
    from rag.assistant import Assistant
    from rag.settings import Settings

    query = options.make_query(question, options.Filters(language, outlet, since, until), k=k, mode=mode)
    settings = Settings.from_env(model=model, allow_remote=allow_remote)
    with _read_archive(archive, sample=sample) as opened:
        answer = Assistant(opened, settings).ask(query)
    _print(answer.to_dict() if as_json else output.answer_lines(answer, output.ShowCommand(archive, sample)))


@app.command(epilog="Example: sverka timeline 'How did the search on Helgrat unfold?' --sample")
def timeline(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="The story, in any language.", show_default=False)],
    archive: options.ArchiveOption = None,
    language: options.LanguageOption = None,
    outlet: options.OutletOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    k: options.NumberOption = 10,
    mode: options.ModeOption = "hybrid",
    sample: options.SampleOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Say what happened when in a story, each event with its quotation and the day of the report."""
    from rag.assistant import Assistant

    query = options.make_query(question, options.Filters(language, outlet, since, until), k=k, mode=mode)
    with _read_archive(archive, sample=sample) as opened:
        found = Assistant(opened).timeline(query)
    _print(found.to_dict() if as_json else output.timeline_lines(found))


@app.command(epilog="Example: sverka search 'переговоры в Пекине' --language bg --language en -k 5")
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for, in any language.", show_default=False)],
    archive: options.ArchiveOption = None,
    language: options.LanguageOption = None,
    outlet: options.OutletOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    k: options.NumberOption = 10,
    mode: options.ModeOption = "hybrid",
    sample: options.SampleOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Find passages, best first, in whichever language they are."""
    query = options.make_query(words, options.Filters(language, outlet, since, until), k=k, mode=mode)
    with _read_archive(archive, sample=sample) as opened:
        hits = opened.search(query)
        in_scope = opened.count(query)
    if as_json:
        output.write_json({"query": query.to_dict(), "in_scope": in_scope, "hits": [hit.to_dict() for hit in hits]})
    else:
        output.write_lines(output.hit_lines(hits, in_scope, output.ShowCommand(archive, sample)))


@app.command(epilog="Example: sverka show digest-001-en --span 120:188")
def show(
    doc_id: Annotated[str, typer.Argument(metavar="DOC_ID", help="The document's id, as `ask` and `search` print it.")],
    archive: options.ArchiveOption = None,
    span: options.SpanOption = None,
    sample: options.SampleOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Print a whole document and where its date, outlet and title were read; --span marks a quotation in ⟦ ⟧."""
    with _read_archive(archive, sample=sample) as opened:
        document = opened.read(doc_id)
    marked = None if span is None else options.parse_span(span, len(document.text))
    if as_json:
        shown = marked and {"start": marked[0], "end": marked[1], "text": document.text[slice(*marked)]}
        output.write_json({**document.to_dict(), "span": shown})
    else:
        output.write_document(document, marked)


@app.command(epilog="Example: sverka chat --corpus ~/articles")
def chat(
    archive: options.ArchiveOption = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", parser=options.some_path, help="Index this file or folder first. Repeatable."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to use; the next free one when taken. Else 7860.")
    ] = None,
    model: options.ModelsOption = None,
    allow_remote: options.RemoteOption = None,
    sample: options.SampleOption = False,
) -> None:
    """Open the chat page on this machine. Ctrl-C ends it. Readers choose among the models and quotation alone."""
    from rag.settings import Settings

    directory = archive_dir(archive, sample=sample)
    if corpus:
        _name_failures(_index(directory, [path.expanduser() for path in corpus]))
    elif sample:
        _index_sample(directory)
    settings = Settings.from_env(allow_remote=allow_remote)
    with _read_archive(archive, sample=sample) as opened:
        from rag.assistant import Assistant
        from ui import serve

        wanted = dict.fromkeys([*(model or [settings.model]), "extractive"])
        assistants = [Assistant(opened, replace(settings, model=name)) for name in wanted]
        # by name only: where a model lies, or its server, is no business of the page's readers
        serve(opened, port=port, models={assistant.model or "Quotation": assistant for assistant in assistants})


@app.command(epilog="Example: sverka models, then: sverka ask QUESTION --model gguf:NAME.gguf")
def models(as_json: options.JsonOption = False) -> None:
    """List the language models that are there: GGUF files in the folder of models, and those of a running Ollama."""
    from rag.models import present
    from rag.settings import Settings

    settings = Settings.from_env()
    found, missing = present(settings)
    folder = str(settings.models_dir)
    if as_json:
        output.write_json({"folder": folder, "models": [one.to_dict() for one in found], "ollama": missing or "running"})
    else:
        output.write_lines(output.model_lines(found, folder, missing))


@app.command(epilog="Example: sverka stats --json")
def stats(
    archive: options.ArchiveOption = None, sample: options.SampleOption = False, as_json: options.JsonOption = False
) -> None:
    """Say what the archive holds: documents, languages, outlets, dates, size."""
    with _read_archive(archive, sample=sample) as opened:
        held = opened.stats()
        directory = str(opened.path)
    _print({"archive": directory, **held.to_dict()} if as_json else output.stats_lines(directory, held))


@app.command(epilog="Example: sverka verify --archive ~/press")
def verify(
    archive: options.ArchiveOption = None, sample: options.SampleOption = False, as_json: options.JsonOption = False
) -> None:
    """Compare the archive's documents with its search indexes. Exits with 1 where they differ."""
    with _read_archive(archive, sample=sample) as opened:
        found = opened.verify()
    _print(found.to_dict() if as_json else output.verification_lines(found))
    if found.problems:
        raise typer.Exit(1)


@app.command(epilog="Example: sverka rebuild --embedder sentence-transformers/LaBSE")
def rebuild(
    archive: options.ArchiveOption = None,
    embedder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Embed everything anew with this model: a hub name, a folder, or bundled.")
    ] = None,
    sample: options.SampleOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Make the search indexes anew from the archive's documents. Stopped half way, it goes on where it was."""
    with Reporter() as reporter, _read_archive(archive, sample=sample) as opened:
        opened.rebuild(embedder=embedder, on_progress=reporter)
        held = opened.stats()
    _print(
        {"documents": held.documents, "passages": held.passages, "embedder": held.embedder}
        if as_json
        else [output.Line(f"Rebuilt: {held.documents} documents, {held.passages} passages.")]
    )


@app.command(
    "eval",
    epilog="Example: sverka eval --help",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def evaluate(context: typer.Context) -> None:
    """Measure the answers on fixed questions. Its own options: sverka eval --help."""
    from eval.run import main

    raise typer.Exit(main(context.args))


@app.command(epilog="Example: sverka version --json")
def version(as_json: options.JsonOption = False) -> None:
    """Print the version."""
    number = metadata.version("sverka")
    _print({"version": number} if as_json else [output.Line(number)])
