"""The addresses by which the server is reached."""

import pytest

from trainer.errors import TrainerError
from trainer.web.address import Address, check_reach, is_loopback, local_address, public_address
from trainer.web.server import listen


@pytest.mark.parametrize(
    ("text", "origin", "host"),
    [
        ("https://trainer.example.org", "https://trainer.example.org", "trainer.example.org"),
        (" HTTPS://Trainer.Example.org:443/ ", "https://trainer.example.org", "trainer.example.org"),
        ("https://trainer.example.org:8443", "https://trainer.example.org:8443", "trainer.example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000", "localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]:8000"),
        ("https://10.0.0.1", "https://10.0.0.1", "10.0.0.1"),
        ("http://[0:0:0:0:0:0:0:1]:8000", "http://[::1]:8000", "[::1]:8000"),
        ("https://[FD00:0:0::A]", "https://[fd00::a]", "[fd00::a]"),
    ],
)
def test_an_address_is_read_as_browsers_write_it(text: str, origin: str, host: str) -> None:
    address = public_address(text)
    assert (address.origin, address.host_header) == (origin, host)
    assert public_address(origin) == address


@pytest.mark.parametrize(
    "text",
    [
        "trainer.example.org",
        "ftp://example.org",
        "https://",
        "https://a b",
        "https://example.org:0x50",
        "https://example.org:99999",
        "https://example.org:0",
        "https://user@example.org",
        "https://example.org@evil.org",
        "https://[::1",
        "https://::1",
        "https://[10.0.0.1]",
        "https://-",
        "https://example.org\nX: y",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(TrainerError, match="is no public address"):
        public_address(text)


@pytest.mark.parametrize("text", ["https://a.org/trainer", "https://a.org/?x", "https://a.org/#x"])
def test_an_address_with_a_path_is_told(text: str) -> None:
    with pytest.raises(TrainerError, match="goes on after the name"):
        public_address(text)


@pytest.mark.parametrize("host", ["::1", "0:0:0:0:0:0:0:1", "0000::0001"])
def test_a_host_is_named_as_browsers_name_it(host: str) -> None:
    address = local_address(host, 8000)
    assert (address.host_header, len(address.all_here)) == ("[::1]:8000", 3)


@pytest.mark.parametrize("host", ["a" * 70, f"www.{'a' * 70}.org", "a..b"])
def test_a_host_that_is_no_name_is_told(host: str) -> None:
    with pytest.raises(TrainerError, match="--host"):
        listen(host, 0)


def test_a_secret_stands_where_no_server_sees_it() -> None:
    assert public_address("https://a.org").link("s3cret") == "https://a.org/#s3cret"


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("127.0.0.1", None),
        ("localhost", None),
        ("::1", None),
        ("127.0.0.1", "https://a.org"),
        ("0.0.0.0", "https://a.org"),
        ("127.0.0.1", "http://localhost:9000"),
    ],
)
def test_others_are_let_in_by_https_alone(host: str, public: str | None) -> None:
    check_reach(host, public_address(public) if public else None)


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("0.0.0.0", None),
        ("::", None),
        ("192.168.1.2", None),
        ("example.org", None),
        ("0.0.0.0", "http://a.org"),
        ("127.0.0.1", "http://a.org"),
        ("0.0.0.0", "http://localhost:8000"),
    ],
)
def test_a_line_that_can_be_read_on_the_way_is_refused(host: str, public: str | None) -> None:
    with pytest.raises(TrainerError, match="https"):
        check_reach(host, public_address(public) if public else None)


def test_this_computer_has_several_names_and_another_one_has_one() -> None:
    assert {each.host for each in local_address("127.0.0.1", 8000).all_here} == {"127.0.0.1", "localhost"}
    assert local_address("::1", 8000).origin == "http://[::1]:8000"
    public = Address("https", "a.org", 443)
    assert public.all_here == (public,)
    assert not is_loopback("localhost.evil.org")
    assert not is_loopback("127.0.0.1.nip.io")
