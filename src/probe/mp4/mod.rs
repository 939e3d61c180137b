//! MP4 and QuickTime: the boxes are walked, the movie header is read, the media data is not touched, unless somebody wants
//! to know what is to be heard.
//!
//! Written here because no crate could be trusted with a stranger's file: `mp4` 0.14 and `re_mp4` 0.5 loop for ever on
//! a 36-byte file, `mp4parse` 0.17 reads all of `mdat`, `mp4-atom` 0.17 overflows the stack on nested boxes and
//! `symphonia` 0.6 refuses every HEVC file of ffmpeg. All but one believe a header that lies about the duration.
//!
//! - `boxes`: from box to box; `movie`: what the header says; `fragments`: what the fragments say.
//! - `coding`: how a track is packed; `tags`: who made the file, when and where.
//! - `measures`: from all that to facts; `samples`: where the sound lies, for listening.

mod boxes;
mod coding;
mod fragments;
mod measures;
mod movie;
mod samples;
mod tags;

use std::io;

use super::{Context, listen};
use crate::facts::{Damage, DamageKind, FileFacts};
use crate::source::{self, Source};
use boxes::Boxes;
use movie::Movie;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut boxes = Boxes::new(source, context);
    let mut movie = Movie::default();
    if let Err(error) = file(&mut boxes, &mut movie) {
        boxes.damage.push(Damage::new(DamageKind::ReadError).because(error));
    }
    let video = movie.measure(source.size(), &mut boxes.damage);
    facts.video = Some(Box::new(video));
    if context.hears()
        && let Some(track) = movie.tracks.iter().find(|track| &track.handler == b"soun")
    {
        let packets = samples::of_track(&mut boxes, &movie, track);
        listen::hear(&packets, context, facts);
    }
    facts.damage.append(&mut boxes.damage);
}

/// Goes over the boxes of the whole file.
fn file(boxes: &mut Boxes<'_>, movie: &mut Movie) -> io::Result<()> {
    let size = boxes.source.size();
    let mut at = 0;
    while at < size {
        let junk = |movie: &Movie| {
            let kind = if movie.has_header { DamageKind::TrailingData } else { DamageKind::Malformed };
            Damage::new(kind).at(at)
        };
        let Some(atom) = boxes.at(at, size)? else {
            boxes.damage.push(junk(movie));
            break;
        };
        match &atom.name {
            b"ftyp" => {
                let brand = source::read(boxes.source, atom.start, 4)?;
                movie.brand = Some(String::from_utf8_lossy(&brand).trim().to_owned());
            }
            // A second header is left behind by programs that wrote over an old one; players take the first.
            b"moov" if !movie.has_header => {
                movie.has_header = true;
                movie.header_last = movie.media_bytes > 0;
                movie.header(boxes, &atom)?;
            }
            b"moof" => movie.fragment(boxes, &atom, at)?,
            b"sidx" => movie.index(boxes, &atom)?,
            b"mdat" => movie.media(&atom),
            // Junk that looks like a box: a name of letters and digits is the least one may ask for.
            name if !name.iter().all(|byte| byte.is_ascii_graphic() || matches!(byte, b' ' | 0xA9)) => {
                boxes.damage.push(junk(movie));
                break;
            }
            _ => {}
        }
        if atom.cut {
            boxes.damage.push(Damage::new(DamageKind::Truncated).at(size).because(atom.text()));
        }
        at = atom.end;
    }
    Ok(())
}
