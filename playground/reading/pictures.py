"""The pictures of a ZIP -> arrays. The exported script carries these functions."""

import numpy as np

MOST_SCANS = 100  # of one JPEG


def has_too_many_scans(data: bytes) -> bool:
    """Whether a JPEG is drawn over and over: a tenth of a megabyte can keep a decoder busy for minutes.

    A scan begins with FF DA; inside its data FF is always followed by 00 or a restart marker. Cameras write 1 to 12.
    """
    is_jpeg = data.startswith(b"\xff\xd8")
    n_scans = data.count(b"\xff\xda")
    return is_jpeg and n_scans > MOST_SCANS


def picture_name(entry, encoding):
    """The name of a ZIP's entry as its owner sees it, with “/” between folders.

    In: a ZipInfo; how names are written that do not say it themselves, "" where all are plain.
    """
    name = entry.filename
    says_utf8 = entry.flag_bits & 0x800
    if encoding and not says_utf8:
        # zipfile takes such names for cp437, which loses nothing; a NUL ends a name.
        written = entry.orig_filename.encode("cp437")
        name = written.decode(encoding, "replace").split("\0")[0]
    # Windows PowerShell writes backslashes; tar and find begin with “./”.
    name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:]
    return name


def is_hidden(name):
    """Whether a name is that of a file or of a folder which file managers add."""
    beginnings = (".", "__MACOSX", "Thumbs.db", "desktop.ini", "@eaDir", "#recycle", "$RECYCLE.BIN")
    parts = [part for part in name.split("/") if part != "."]
    return any(part.startswith(beginnings) for part in parts)


def name_stem(name):
    """ "train/cat.12.jpg" -> "cat": how the name of a picture begins before its number; "" where there is none."""
    import re

    file = name.rpartition("/")[2]
    base = re.sub(r"\.[A-Za-z]\w*$", "", file).rstrip(")")
    without = base.rstrip("0123456789")
    stem = without.rstrip(" ._()-")
    has_letter = any(letter.isalpha() for letter in stem)
    return stem if has_letter and without != base else ""


def is_picture(name):
    """Whether a name is that of a picture which somebody meant to hand in."""
    endings = ".png .jpg .jpeg .jpe .jfif .webp .bmp .dib .gif .tif .tiff .avif .heic .heif .ppm .pgm .pbm"
    return name.lower().endswith(tuple(endings.split())) and not is_hidden(name)


def begins_as_picture(data):
    """Whether bytes begin as those of a picture, whatever the file is called."""
    beginnings = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    is_heif = data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"heic", b"heix", b"mif1")
    return data.startswith(beginnings) or is_webp or is_heif


def open_picture(data):
    """Opens the bytes of a picture; nothing of it is decoded yet."""
    import io

    from PIL import Image

    # Whatever the ending says, no other decoder is tried.
    formats = ["PNG", "JPEG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "PPM", "AVIF"]
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1"):
        # A photo of an iPhone: Pillow itself has no decoder for it.
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        formats = ["HEIF", "AVIF"]
    return Image.open(io.BytesIO(data), formats=formats)


def white_of(brightest):
    """What white is in a picture whose brightest pixel is this: that of 0…1, or of 8, 10, 12, 14 or 16 bits."""
    for white in (1, 255, 1023, 4095, 16383, 65535):
        if brightest <= white:
            return white
    return brightest


def eight_bits(picture):
    """A grey picture of more than eight bits, as bright as what it holds."""
    from PIL import Image

    values = np.nan_to_num(np.asarray(picture, np.float64), posinf=0, neginf=0)
    # Sixteen bits are divided by 257: 65535 becomes 255.
    grey = values / (white_of(values.max()) / 255)
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def on_black(picture):
    """A picture with transparency, laid on black."""
    from PIL import Image

    picture = picture.convert("RGBA")
    black = Image.new("RGBA", picture.size, (0, 0, 0, 255))
    return Image.alpha_composite(black, picture)


def small_picture(data, size, colour):
    """A picture as uint8 (1 or 3, size, size): turned as its camera says, its middle square, transparent is black.

    Of an animation the first picture. Large ones are made smaller as soon as possible, which keeps memory small.
    """
    from PIL import Image, ImageOps

    most_pixels = 8_000_000
    box = Image.Resampling.BOX
    with open_picture(data) as picture:
        enough = (4 * size, 4 * size)
        if picture.width * picture.height > most_pixels:
            picture.draft(None, enough)  # a JPEG is made smaller while it is decoded
        if picture.width * picture.height > most_pixels:
            picture = ImageOps.fit(picture, enough, box)
        picture = ImageOps.exif_transpose(picture)
        if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
            picture = eight_bits(picture)
        if "A" in picture.mode or "transparency" in picture.info:
            picture = on_black(picture)
        picture = picture.convert("RGB" if colour else "L")
        if picture.size != (size, size):
            picture = ImageOps.fit(picture, (size, size), box)
        pixels = np.asarray(picture)
    # Channels first: Pillow has them last in colour, and has none in grey.
    return pixels.transpose(2, 0, 1) if colour else pixels[None]


def load_pictures(file, size, colour, album):
    """The pictures of a ZIP, in order of their names.

    In: path or file; pixels; whether in colour; the album: the `encoding` of names, class and part of all that lies in
    each of its `folders`, and the names of pictures that are `left_out`; `by_content`, if what other files hold counts;
    `stems`, if classes stand in the names of pictures: how these begin, and their class.
    Out: x uint8 (N, 1 or 3, size, size); y int64 (N,); held_out bool (N,): whether a folder is there to test with.
    """
    import zipfile

    left_out = set(album["left_out"])
    by_content = album.get("by_content", False)
    stems = album.get("stems", {})
    pictures = []
    labels = []
    held_out = []
    with zipfile.ZipFile(file) as archive:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.orig_filename):
            name = picture_name(entry, album["encoding"])
            folder = name.rpartition("/")[0]
            if folder not in album["folders"] or name in left_out or entry.is_dir():
                continue
            is_named = is_picture(name)
            may_be_other = by_content and not is_hidden(name)
            data = archive.read(entry) if is_named or may_be_other else b""
            if is_named or begins_as_picture(data):
                label, part = album["folders"][folder]
                label = stems.get(name_stem(name), label)
                pictures.append(small_picture(data, size, colour))
                labels.append(label)
                held_out.append(part == "test")
    return np.stack(pictures), np.array(labels, dtype=np.int64), np.array(held_out)
