//! What a file is: any bytes under any name. The last byte says how many before it are the name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekser::facts::{Format, Kind};
use tekser::identify::{identify, kind_of};
use tekser::source::Memory;

fuzz_target!(|data: &[u8]| {
    let (length, data) = data.split_last().map_or((0, data), |(length, data)| (usize::from(*length % 64), data));
    let (data, name) = data.split_at(data.len().saturating_sub(length));
    let name = String::from_utf8_lossy(name);
    let identity = identify(&Memory(data), &name);
    assert_eq!(identity, identify(&Memory(data), &name), "the same bytes and name, another identity");
    assert_eq!(identity.format == Format::Empty, data.is_empty());
    let promised = identity.extension.as_deref().and_then(Format::of_extension);
    assert_eq!(identity.promised, promised, "{name}");
    // A name never turns into another kind what is a picture, sound or video by its bytes.
    let kind = kind_of(&identity);
    let shown = |kind| matches!(kind, Kind::Image | Kind::Audio | Kind::Video);
    let nameless = identify(&Memory(data), "");
    assert!(!shown(nameless.format.kind()) || shown(kind), "{nameless:?} became {identity:?} as {name}");
    // Folders in front of a name say nothing.
    assert_eq!(identity, identify(&Memory(data), &format!("a.zip/b.mp4/{name}")));
});
