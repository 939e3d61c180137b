//! Videos whose boxes the fuzzer puts together.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| {
    let video = tekser_fuzz::built::mp4(data);
    let formats = [Format::Mp4, Format::Mov, Format::ThreeGp, Format::M4a];
    let _ = tekser_fuzz::survives(&video, "lesson.mp4", &formats, Listen::Speech);
});
