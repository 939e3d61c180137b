//! Videos: the boxes of MP4 and its kin.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| -> Corpus {
    if tekser_fuzz::survives(
        data,
        "lesson.mp4",
        &[Format::Mp4, Format::Mov, Format::ThreeGp, Format::M4a],
        Listen::Speech,
    ) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});
