//! Pictures: GIF.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| -> Corpus {
    if tekser_fuzz::survives(data, "animation.gif", &[Format::Gif], Listen::Nothing) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});
