//! Sound: frames of MPEG audio.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| -> Corpus {
    if tekser_fuzz::survives(data, "song.mp3", &[Format::Mp3], Listen::Speech) { Corpus::Keep } else { Corpus::Reject }
});
