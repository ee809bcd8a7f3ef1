"""Files that people give: read whole and understood, or refused with a sentence that says what to do."""

from pathlib import Path

import pytest

from aiuteur.craft.manuscript import markdown, prose, title_of_name
from aiuteur.errors import InvalidInput, Unavailable
from aiuteur.film.brief import SourceFormat
from aiuteur.intake import MAX_BYTES, check_out_folder, read_story

TALE = "The Lamp\n\nby Ann Lee\n\nShe lit the lamp. “Come in,” she said.\n"
FOUNTAIN = "Title: The Lamp\nAuthor: Ann Lee\n\nINT. ROOM - NIGHT #7#\n\nShe lights the lamp.\n\nSUE\nCome in.\n"
FDX = """<?xml version="1.0" encoding="UTF-8"?>
<FinalDraft DocumentType="Script" Version="5"><Content>
<Paragraph Type="Scene Heading" Number="7"><Text>INT. ROOM - NIGHT</Text></Paragraph>
<Paragraph Type="Action"><Text>She lights the lamp.</Text></Paragraph>
<Paragraph Type="Character"><Text>SUE</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>Come in.</Text></Paragraph>
</Content></FinalDraft>
"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<FinalDraft DocumentType="Script"><Content><Paragraph Type="Action"><Text>&c;</Text></Paragraph></Content></FinalDraft>
"""


def file(folder: Path, data: bytes | str, name: str = "story.txt") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_prose_gives_title_author_and_body(tmp_path: Path) -> None:
    story = read_story(file(tmp_path, TALE))
    assert (story.title, story.author, story.format, story.language) == ("The Lamp", "Ann Lee", SourceFormat.PROSE, "en")
    assert story.text == "She lit the lamp. “Come in,” she said."


def test_a_single_sentence_is_a_story_called_like_its_file(tmp_path: Path) -> None:
    story = read_story(file(tmp_path, "The lamp went out.", "the-last_lamp.txt"))
    assert (story.title, story.author, story.text) == ("The Last Lamp", None, "The lamp went out.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_encoding_that_says_what_it_is_reads_the_same(encoding: str, tmp_path: Path) -> None:
    assert read_story(file(tmp_path, TALE.encode(encoding))) == read_story(file(tmp_path, TALE, "other.txt"))


def test_line_ends_and_stray_controls_do_not_matter(tmp_path: Path) -> None:
    windows = file(tmp_path, (TALE * 5 + "\x07").replace("\n", "\r\n"), "windows.txt")
    assert "\r" not in read_story(windows).text
    assert "\x07" not in read_story(windows).text


@pytest.mark.parametrize(("text", "language"), [
    pytest.param("他走进房间，点亮了灯。", "zh", id="Chinese"),
    pytest.param("دخل الغرفة وأشعل المصباح.", "ar", id="Arabic"),
    pytest.param("Он вошёл в комнату и зажёг лампу.", "ru", id="Russian"),
    pytest.param("彼は部屋に入り、ランプをつけた。", "ja", id="Japanese"),
    pytest.param("Der Mann ging in das Zimmer und er machte die Lampe nicht an.", "de", id="German"),
    pytest.param("🌊 🏮 🌙", "und", id="emoji alone"),
])
def test_the_language_is_told_by_its_letters(text: str, language: str, tmp_path: Path) -> None:
    story = read_story(file(tmp_path, text))
    assert (story.language, story.text) == (language, text)


def test_a_screenplay_comes_in_as_it_is(tmp_path: Path) -> None:
    story = read_story(file(tmp_path, FOUNTAIN, "lamp.fountain"))
    assert (story.title, story.author, story.format, story.text) == ("The Lamp", "Ann Lee", SourceFormat.FOUNTAIN, FOUNTAIN)


def test_final_draft_becomes_fountain_with_its_numbers_and_words(tmp_path: Path) -> None:
    story = read_story(file(tmp_path, FDX, "the-lamp.fdx"))
    assert (story.title, story.format) == ("The Lamp", SourceFormat.FDX)
    assert story.text.startswith("Title: The Lamp\n")
    assert "INT. ROOM - NIGHT #7#" in story.text
    assert "SUE\nCome in." in story.text


@pytest.mark.parametrize(("name", "data", "sentence"), [
    pytest.param("s.txt", b"", "is empty", id="empty"),
    pytest.param("s.txt", b" \n\t\n ", "is empty", id="blank"),
    pytest.param("s.txt", "\ufeff \n".encode(), "is empty", id="a mark and blanks"),
    pytest.param("s.txt", b"...\n\n---\n", "has no words", id="no words"),
    pytest.param("s.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00", "is not text", id="a program"),
    pytest.param("s.txt", bytes(range(256)) * 8, "is not text", id="noise"),
    pytest.param("s.txt", b"%PDF-1.7\n%\xe2\xe3", "is a PDF", id="a PDF"),
    pytest.param("s.txt", b"PK\x03\x04\x14\x00", "is a zip or Word file", id="a Word file"),
    pytest.param("s.txt", "A lamp.".encode("utf-16-le"), "UTF-16 without its byte order mark", id="unmarked UTF-16"),
    pytest.param("s.txt", b"A lamp.\nA caf\xe9 at night.", "byte 13 (0xe9, line 2) cannot be read", id="Latin-1"),
    pytest.param("s.txt", b"\xff\xfeA\x00\x00\xd8B\x00", "is not UTF-16", id="broken UTF-16"),
    pytest.param("s.docx", b"A lamp.", "a story is .txt or .md", id="another extension"),
    pytest.param("s", b"A lamp.", "ends in 'nothing'", id="no extension"),
    pytest.param("s.fountain", b"She lights the lamp.\n\nIt goes out.\n", "is not a screenplay", id="Fountain without a scene"),
    pytest.param("s.fdx", b"<FinalDraft><Content>", "is not a screenplay", id="unfinished XML"),
    pytest.param("s.fdx", b"<html><body>A lamp.</body></html>", "is not a screenplay", id="other XML"),
    pytest.param("s.fdx", BOMB.encode(), "is not a screenplay", id="an entity bomb"),
])
def test_what_cannot_be_read_is_told(name: str, data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_story(file(tmp_path, data, name))
    assert sentence in str(caught.value)
    assert name in str(caught.value)


def test_the_way_out_of_a_bad_encoding_works(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"iconv -f WINDOWS-1252 -t UTF-8 'café\.txt' > 'utf8-café\.txt'"):
        read_story(file(tmp_path, "She said “yes”.".encode("cp1252"), "café.txt"))


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "novel.txt"
    with path.open("wb") as sparse:
        sparse.truncate(MAX_BYTES + 1)
    with pytest.raises(InvalidInput, match=r"has 20\.0 MB, the limit is 20 MB"):
        read_story(path)


def test_a_ten_megabyte_novel_is_read_whole(tmp_path: Path) -> None:
    text = "A Novel\n\n" + "She lit the lamp, and waited by the *sea*, which slept below the town as every night. " * 108_000
    assert len(read_story(file(tmp_path, text)).text) > 9_000_000
    assert "*" not in read_story(file(tmp_path, text, "novel.md")).text


@pytest.mark.parametrize(("path", "sentence"), [
    pytest.param("missing.txt", "is not there", id="missing"),
    pytest.param(".", "is a folder", id="a folder"),
    pytest.param("x" * 300 + ".txt", "cannot be read", id="a name of 300 characters"),
    pytest.param("/dev/zero", "is a device", id="a device"),
])
def test_what_is_no_file_is_told(path: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        read_story(tmp_path / path)


def test_a_name_that_no_terminal_can_show_is_told_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_story(tmp_path / "bad-\udcff.txt")
    assert str(caught.value).encode()


@pytest.mark.parametrize(("text", "title", "author", "body"), [
    pytest.param("A Tale\nby O. Henry\n\nIt was.", "A Tale", "O. Henry", "It was.", id="by-line below"),
    pytest.param("Title: T\nAuthor: A\n\nIt was.", "T", "A", "It was.", id="fields"),
    pytest.param("“Go!” she cried\n\nHe went.", None, None, "“Go!” she cried\n\nHe went.", id="speech is no title"),
    pytest.param("It was late.\n\nHe went.", None, None, "It was late.\n\nHe went.", id="a sentence is no title"),
    pytest.param("CHAPTER I\n\nHe went.", None, None, "CHAPTER I\n\nHe went.", id="a chapter is no title"),
    pytest.param("The Sea\nBy the sea it lay.", None, None, "The Sea\nBy the sea it lay.", id="no by-line"),
    pytest.param("A lamp", None, None, "A lamp", id="a title alone is the text"),
])
def test_the_head_of_prose(text: str, title: str | None, author: str | None, body: str) -> None:
    found = prose(text)
    assert (found.title, found.author, found.text) == (title, author, body)


@pytest.mark.parametrize(("text", "plain"), [
    pytest.param("She *really* **ran**, ***fast***, _so_ __very__ `far`.", "She really ran, fast, so very far.", id="emphasis"),
    pytest.param("snake_case, 5 * 3 = 15, 2*3*4, *not closed", "snake_case, 5 * 3 = 15, 2*3*4, *not closed", id="no emphasis"),
    pytest.param(r"\*kept\* and a \_b\_", "*kept* and a _b_", id="escaped"),
    pytest.param("See [the sea](http://sea.example) ![and](a.png).", "See the sea and.", id="links and pictures"),
    pytest.param("> He said\n> no.", "He said\nno.", id="a quotation"),
    pytest.param("One.\n\n---\n\nTwo.", "One.\n\n* * *\n\nTwo.", id="a scene break"),
    pytest.param("One.<!-- a\nnote -->\n\n## Two\n\nThree.", "One.\n\n* * *\n\nThree.", id="comments and headings"),
    pytest.param("It *ends\nthere*.", "It ends\nthere.", id="over a line's end"),
])
def test_markdown_leaves_the_words(text: str, plain: str) -> None:
    assert markdown(f"# T\n\n{text}").text == plain


def test_markdown_tells_its_head_by_heading_or_front_matter() -> None:
    assert markdown("# The *Lamp*\n\nby Ann\n\nIt was.").title == "The Lamp"
    assert markdown("The Lamp\n===\n\nIt was.").title == "The Lamp"
    found = markdown("---\ntitle: 'T'\nauthor: A B\n---\n\nIt was.")
    assert (found.title, found.author, found.text) == ("T", "A B", "It was.")


def test_a_file_without_a_telling_name_is_untitled() -> None:
    assert title_of_name("---") == "Untitled"


def test_a_folder_to_be_made_is_tried_where_it_would_be(tmp_path: Path) -> None:
    check_out_folder(tmp_path / "films" / "deep", room=1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_under_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"story\.txt is a file"):
        check_out_folder(file(tmp_path, TALE) / "films", room=1)


def test_a_folder_that_nobody_may_write_is_refused() -> None:
    with pytest.raises(InvalidInput, match="cannot be written"):
        check_out_folder(Path("/proc/films"), room=1)


def test_a_folder_whose_name_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be a folder"):
        check_out_folder(tmp_path / ("x" * 300), room=1)


def test_a_full_disk_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="is full"):
        check_out_folder(tmp_path, room=1 << 60)
