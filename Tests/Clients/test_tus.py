"""What a tus client sees: tuspy sends pictures in parts, through a server that is killed in the middle."""
import hashlib
import threading

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from cards import make_card
from wayside_server import running_server

PART = 100_000


@pytest.fixture
def sender(tmp_path):
    """(server, token, pictures): a field account with a label, and pictures of several parts."""
    card = tmp_path / "card"
    pictures = sorted(make_card(card, 3))
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "field")
        server.grant("car-7", "ada")
        yield server, server.create_token("ada"), pictures


def client(server, token):
    return TusClient(f"{server.url}/api/uploads", headers={"Authorization": f"Bearer {token}"})


def new_set(server, token, title="card", **more):
    return server.request("POST", "/api/upload_sets", token, {"title": title, "camera_label": "car-7", **more}).json["id"]


def known_files(server, token, upload_set):
    return server.get(f"/api/upload_sets/{upload_set}/files", token).json["files"]


def test_a_picture_in_parts_with_checksums_is_published(sender):
    server, token, pictures = sender
    upload_set = new_set(server, token, estimated_nb_files=len(pictures))
    for path in pictures:
        uploader = client(server, token).uploader(
            str(path), chunk_size=PART, upload_checksum=True,
            metadata={"filename": path.name, "upload_set": upload_set,
                      "sha256": hashlib.sha256(path.read_bytes()).hexdigest()})
        uploader.upload()
        assert uploader.request.response_headers["wayside-outcome"] == "admitted"
        assert uploader.offset == path.stat().st_size
    items = server.wait_until_prepared(token, len(pictures))
    files = known_files(server, token, upload_set)
    assert {file["picture_id"] for file in files} == {item["id"] for item in items}
    assert {file["content_sha256"] for file in files} == {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in pictures}


def test_a_killed_server_goes_on_where_it_was_for_a_client_that_was_started_anew(sender):
    server, token, pictures = sender
    upload_set = new_set(server, token, estimated_nb_files=1)
    path = pictures[0]
    metadata = {"filename": path.name, "upload_set": upload_set}
    first = client(server, token).uploader(str(path), chunk_size=PART, metadata=metadata)
    first.upload(stop_at=2 * PART)
    server.kill()
    with pytest.raises((TusUploadFailed, TusCommunicationError)):
        first.upload()
    server.start()
    again = client(server, token).uploader(str(path), chunk_size=PART, url=first.url)
    assert again.offset == 2 * PART
    again.upload()
    picture = again.request.response_headers["wayside-picture"]
    assert [item["id"] for item in server.wait_until_prepared(token, 1)] == [picture]
    assert known_files(server, token, upload_set)[0]["content_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_client_that_tries_again_by_itself_outlives_kills_at_any_moment(sender):
    server, token, pictures = sender
    upload_set = new_set(server, token, estimated_nb_files=len(pictures))
    stop = threading.Event()

    def kill_again_and_again():
        for _ in range(3):
            # Any moment will do: so each run tries others.
            if stop.wait(0.3):
                return
            server.kill()
            server.start()

    killer = threading.Thread(target=kill_again_and_again)
    killer.start()
    try:
        for path in pictures:
            upload_through(server, token, path, upload_set)
    finally:
        stop.set()
        killer.join()
    server.wait_until_prepared(token, len(pictures))
    files = known_files(server, token, upload_set)
    assert sorted(file["content_sha256"] for file in files) == sorted(
        hashlib.sha256(path.read_bytes()).hexdigest() for path in pictures)
    assert all("rejected" not in file for file in files)


def upload_through(server, token, path, upload_set):
    """Goes on until the server has it all; the address of an upload is kept as a client keeps it."""
    state = {"url": None}

    def whole():
        try:
            uploader = client(server, token).uploader(
                str(path), chunk_size=PART, url=state["url"], retries=2, retry_delay=0,
                metadata={"filename": path.name, "upload_set": upload_set})
            if not uploader.url:
                uploader.set_url(uploader.create_url())
            state["url"] = uploader.url
            uploader.upload()
            return True
        except (TusUploadFailed, TusCommunicationError):
            return False
    server.wait_until(whole, f"{path.name} is sent")


def test_what_is_no_picture_is_refused_before_its_bytes_are_sent_and_the_reason_is_told(sender, tmp_path):
    server, token, _ = sender
    upload_set = new_set(server, token)
    video = tmp_path / "GX010001.MP4"
    video.write_bytes(b"\0" * 100_000)
    with pytest.raises(TusCommunicationError) as refused:
        client(server, token).uploader(
            str(video), metadata={"filename": video.name, "upload_set": upload_set}).upload()
    assert refused.value.status_code == 422
    assert b"video" in refused.value.response_content
    assert known_files(server, token, upload_set)[0]["rejected"]["reason"] == "invalid_file"


def test_another_account_cannot_go_on_with_it(sender):
    server, token, pictures = sender
    server.create_account("bert", "field")
    server.grant("car-7", "bert")
    other = server.create_token("bert")
    first = client(server, token).uploader(
        str(pictures[0]), chunk_size=PART, metadata={"filename": "a.jpg", "label": "car-7"})
    first.upload(stop_at=PART)
    with pytest.raises(TusCommunicationError) as refused:
        client(server, other).uploader(str(pictures[0]), url=first.url)
    assert refused.value.status_code == 404
