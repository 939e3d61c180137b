//! EXIF and XMP: how a picture has to be turned, and whether it tells where it was taken. The place itself is not kept.

use exif::{In, Reader, Tag, Value};

use crate::facts::ImageFacts;

/// Bytes of metadata that are read. A JPEG segment cannot be longer.
pub(super) const LONGEST: usize = 64 * 1024;

/// Reads a block of EXIF, which begins with the header of a TIFF file.
pub(super) fn read(tiff: &[u8], image: &mut ImageFacts) {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_raw(tiff.get(..LONGEST).unwrap_or(tiff).to_vec());
    let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| {})) else { return };
    let orientation = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    image.orientation = orientation.and_then(|o| u8::try_from(o).ok()).filter(|o| (1..=8).contains(o));
    // A camera that found no satellite writes zeros.
    image.position |= [Tag::GPSLatitude, Tag::GPSLongitude].iter().all(|&tag| {
        let field = exif.get_field(tag, In::PRIMARY);
        matches!(field.map(|field| &field.value), Some(Value::Rational(parts)) if parts.iter().any(|part| part.num > 0 && part.denom > 0))
    });
}

/// Reads a packet of XMP.
pub(super) fn read_xmp(packet: &[u8], image: &mut ImageFacts) {
    image.position |= packet.windows(b"exif:GPSLatitude".len()).any(|window| window == b"exif:GPSLatitude");
}
