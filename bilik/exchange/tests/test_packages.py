from __future__ import annotations

import contextlib
import io
import struct
import tarfile
import zipfile

import pytest

from bilik.exchange import packages
from bilik.exchange.errors import NotReadable
from bilik.exchange.tests.making import package, tarred, zipped


def test_archives_and_folders_give_the_same_names(tmp_path):
    files = {"a/b.txt": "one", "c.txt": "two"}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("secret")
    (tmp_path / "link.txt").symlink_to("/etc/passwd")
    opened = [
        packages.open_package(tmp_path),
        packages.package_of(zipped(files), "x.zip"),
        packages.package_of(tarred(files), "x.tgz"),
    ]
    for each in opened:
        assert set(each.names) == set(files)
        assert each.text("a/b.txt") == "one"


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "__MACOSX/x"])
def test_names_that_lead_out_are_not_there(name):
    for raw in (zipped({name: "x", "ok.txt": "y"}), tarred({name: "x", "ok.txt": "y"})):
        assert packages.package_of(raw, "p").names == ("ok.txt",)


def test_links_in_a_tar_are_not_followed():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("passwd")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert packages.package_of(out.getvalue(), "p.tgz").names == ()


def test_a_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.xml", b"\0" * 30_000_000)
    with pytest.raises(NotReadable, match="would grow"):
        packages.package_of(out.getvalue(), "bomb.zip")
    with pytest.raises(NotReadable, match="would grow"):
        packages.package_of(tarred({"big.xml": b"\0" * 60_000_000}), "bomb.tgz")


def test_an_archive_that_lies_about_its_sizes_gives_no_more_than_it_says():
    raw = bytearray(zipped({"a.txt": "x" * 5_000}))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    opened = packages.package_of(bytes(raw), "liar.zip")
    with contextlib.suppress(NotReadable):
        assert len(opened.read("a.txt")) <= 10


def test_caps_on_entries_and_size(monkeypatch):
    monkeypatch.setattr(packages, "MOST_ENTRIES", 2)
    with pytest.raises(NotReadable, match="more than 2 files"):
        package({"a": "", "b": "", "c": ""})
    monkeypatch.setattr(packages, "MOST_ENTRIES", 10)
    monkeypatch.setattr(packages, "LARGEST_ALL", 100)
    with pytest.raises(NotReadable, match="MB"):
        package({"a": "x" * 101})


def test_broken_archives_are_refused():
    for raw in (b"PK\x03\x04broken", b"\x1f\x8bbroken", zipped({"a": "b"})[:-30]):
        with pytest.raises(NotReadable):
            packages.package_of(raw, "x").names  # noqa: B018


def test_text_in_other_encodings():
    for raw in ("əğ".encode(), "əğ".encode("utf-8-sig"), "əğ".encode("utf-16")):
        assert packages.decoded(raw) == "əğ"
    assert packages.decoded(b"\xe9\r\n") == "é\n"
