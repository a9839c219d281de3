"""Documents: a one-page PDF, written here."""

from random import Random

from dragoman.simulator.media.kinds import Media


def document(chance: Random) -> Media:
    """A receipt, as a customer keeps it."""
    number = chance.randrange(10_000, 99_999)
    return Media(f"receipt-{number}.pdf", "application/pdf", pdf(f"Receipt {number}"))


def pdf(words: str) -> bytes:
    """One A6 page with one line of Latin text; offsets in the cross-reference table are exact."""
    stream = f"BT /F1 18 Tf 30 360 Td ({words}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    )
