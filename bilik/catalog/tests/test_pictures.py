"""Pictures by digest: with headers that let a device keep them, and nothing else by that road."""

from __future__ import annotations

import pytest

from bilik.catalog.queries import files_of
from bilik.catalog.source.digests import digest_of
from tests.small_course import CHOICES, STAR

pytestmark = pytest.mark.django_db

SECRETS = ("solution.py", "variant.py", "exercise.toml", "exercise.en.md", "lesson.en.md", "course.toml", "printed.py")


def test_a_picture_comes_with_headers_that_keep_it_for_ever_and_let_it_run_nothing(small, client):
    response = client.get(f"/courses/files/{digest_of(STAR)}/star.svg")
    assert response.status_code == 200
    assert response.content == STAR
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_lesson_shows_the_picture_under_its_digest(small, client):
    html = client.get(small.url("lesson", "capital")).content.decode()
    assert f"/courses/files/{digest_of(STAR)}/star.svg" in html


@pytest.mark.parametrize("ending", ["", ".svg", ".png"])
def test_no_other_file_can_be_fetched(small, client, ending):
    files = files_of("small-course")
    assert {path.rpartition("/")[2] for path in files} >= set(SECRETS)
    for path, content in files.items():
        if not path.endswith(".svg"):
            name = path.rpartition("/")[2] + ending
            assert client.get(f"/courses/files/{digest_of(content)}/{name}").status_code == 404, path
            assert client.get(f"/courses/files/{digest_of(content)}/star.svg").status_code == 404, path


@pytest.mark.parametrize(
    "address",
    [
        f"{digest_of(STAR)}/moon.svg",
        f"{digest_of(STAR)}/tar.svg",
        f"{digest_of(STAR)}/%25star.svg",
        f"{digest_of(STAR)}/s_ar.svg",
        f"{digest_of(STAR)}/star%00.svg",
        f"{digest_of(STAR).upper()}/star.svg",
        f"{'0' * 64}/star.svg",
        "%00/star.svg",
        "%25/star.svg",
        f"{digest_of(STAR)}/..%2Fimg%2Fstar.svg",
    ],
)
def test_an_address_that_is_not_exactly_right_finds_nothing(small, client, address):
    assert client.get(f"/courses/files/{address}").status_code == 404


def test_a_picture_of_an_older_version_stays_for_pages_that_are_still_open(small, publish, client):
    from tests.small_course import small_course

    files = small_course()
    files[f"lessons/{CHOICES}/img/star.svg"] = STAR.replace(b"0 0 8 8", b"0 0 9 9")
    publish(files)
    assert client.get(f"/courses/files/{digest_of(STAR)}/star.svg").status_code == 200


def test_a_picture_is_only_read(small, client):
    assert client.post(f"/courses/files/{digest_of(STAR)}/star.svg").status_code == 405
