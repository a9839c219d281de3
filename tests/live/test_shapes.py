"""The shapes of the API have one name each."""

from dragoman.app import create_api


def test_no_two_shapes_share_a_name() -> None:
    """They would be called by their modules instead, in the browser's types too."""
    shapes = create_api().openapi()["components"]["schemas"]

    assert [name for name in shapes if name.startswith("dragoman__")] == []
