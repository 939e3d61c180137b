//! From a recording or a picture that no document accepts to one that it does. [`recipe`] decides from what `ffprobe` says of
//! the file; `ffmpeg` does it, and the result is checked like any other file. Nothing is cut, and the original is not touched.

#![expect(clippy::disallowed_methods, reason = "this is the room that has ffmpeg do its work")]

mod ffmpeg;

use serde::Deserialize;

use crate::finding::{Arg, Message};

pub use ffmpeg::{Failed, Ffmpeg};

/// What a file is turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// H.264 and AAC, with the header in front.
    Mp4,
    /// MP3.
    Mp3,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Target {
    /// What an extension asks for.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Target> {
        match extension.to_lowercase().as_str() {
            "mp4" => Some(Target::Mp4),
            "mp3" => Some(Target::Mp3),
            "jpg" | "jpeg" => Some(Target::Jpeg),
            "png" => Some(Target::Png),
            _ => None,
        }
    }

    /// The extension of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Target::Mp4 => "mp4",
            Target::Mp3 => "mp3",
            Target::Jpeg => "jpg",
            Target::Png => "png",
        }
    }

    /// What a file of this content becomes if nobody says.
    #[must_use]
    pub fn of(input: &Input) -> Option<Target> {
        match (input.picture(), input.sound()) {
            (Some(picture), None) if input.is_still() => {
                Some(if picture.is_transparent() { Target::Png } else { Target::Jpeg })
            }
            (Some(_), _) => Some(Target::Mp4),
            (None, Some(_)) => Some(Target::Mp3),
            (None, None) => None,
        }
    }
}

/// What `ffprobe` says of a file.
#[derive(Debug, Default, Deserialize)]
pub struct Input {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Container,
    /// This `ffmpeg` can turn the colours of a bright screen into those of an ordinary one.
    #[serde(skip)]
    tones: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Container {
    #[serde(default)]
    format_name: String,
    duration: Option<String>,
}

/// A stream as `ffprobe` tells it.
#[derive(Debug, Default, Deserialize)]
pub struct Stream {
    index: u32,
    #[serde(default)]
    codec_type: String,
    #[serde(default)]
    codec_name: String,
    #[serde(default)]
    profile: String,
    #[serde(default)]
    pix_fmt: String,
    #[serde(default)]
    field_order: String,
    #[serde(default)]
    avg_frame_rate: String,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
    #[serde(default)]
    channels: u32,
    sample_rate: Option<String>,
    #[serde(default)]
    color_transfer: String,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

/// What a container says beside a stream.
#[derive(Debug, Default, Deserialize)]
struct SideData {
    /// Degrees by which the picture is turned before it is shown.
    #[serde(default)]
    rotation: f64,
}

#[derive(Debug, Default, Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

impl Stream {
    fn is_transparent(&self) -> bool {
        ["rgba", "bgra", "argb", "abgr", "yuva", "ya8", "ya16", "gbrap", "pal8"]
            .iter()
            .any(|kind| self.pix_fmt.starts_with(kind))
    }

    /// Samples a second, 0 if that is not told.
    fn rate(&self) -> u32 {
        self.sample_rate.as_deref().and_then(|rate| rate.parse().ok()).unwrap_or_default()
    }

    /// Its colours are for screens brighter than those at school: on an ordinary one they are pale.
    fn is_bright(&self) -> bool {
        matches!(self.color_transfer.as_str(), "smpte2084" | "arib-std-b67")
    }

    /// Width and height as it is shown: phones turn what they record.
    fn shown(&self) -> (u32, u32) {
        let turned = self.side_data_list.iter().any(|side| (side.rotation.abs() % 180.0 - 90.0).abs() < 45.0);
        if turned { (self.height, self.width) } else { (self.width, self.height) }
    }

    fn frame_rate(&self) -> Option<f64> {
        let (over, under) = self.avg_frame_rate.split_once('/')?;
        let rate = over.parse::<f64>().ok()? / under.parse::<f64>().ok()?;
        rate.is_finite().then_some(rate)
    }
}

impl Input {
    /// The picture, if there is one that is no cover of a recording.
    fn picture(&self) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.codec_type == "video" && stream.disposition.attached_pic == 0)
    }

    fn sound(&self) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.codec_type == "audio")
    }

    /// Seconds.
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        self.format.duration.as_deref()?.parse().ok()
    }

    fn is_still(&self) -> bool {
        let name = self.format.format_name.as_str();
        name.ends_with("_pipe") || ["image2", "heif", "avif"].iter().any(|picture| name.starts_with(picture))
    }
}

/// How a file is converted.
#[derive(Debug, PartialEq)]
pub struct Recipe {
    /// What becomes of it, a sentence each.
    pub does: Vec<Message>,
    /// Arguments of `ffmpeg` between the input and the output.
    pub arguments: Vec<String>,
    /// Two passes: the second knows where the first found much to do.
    pub passes: u8,
}

/// Bits a second that speech and music of a lesson need.
const SOUND: u64 = 128_000;

/// Of the bytes that are allowed, as many are aimed at: the container needs some, and an encoder does not hit exactly.
const AIM: f64 = 0.96;

/// Bits a second below which no picture is worth looking at.
const LEAST: u64 = 50_000;

/// Bits of a pixel and frame below which a picture of H.264 shows blocks; with half as many it falls apart.
const FAIR: f64 = 0.05;

/// From the colours of a bright screen to those of an ordinary one: what is too bright is pressed together, not cut off.
const TONES: &str = "pin=bt2020:min=bt2020nc:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,\
                     zscale=t=bt709:m=bt709:r=tv,format=yuv420p";

/// How to turn a file into `target`, if need be into at most so many bytes.
///
/// # Errors
/// There is nothing in the file that could become one, or it cannot become so small.
pub fn recipe(input: &Input, target: Target, bytes: Option<u64>) -> Result<Recipe, Message> {
    let nothing = || Message::new("convert-nothing").with("target", target.extension().to_uppercase());
    match target {
        Target::Mp4 => film(input, input.picture().ok_or_else(nothing)?, bytes),
        Target::Mp3 => sound(input, input.sound().ok_or_else(nothing)?, bytes),
        Target::Jpeg | Target::Png => Ok(still(input.picture().ok_or_else(nothing)?, target)),
    }
}

/// Bits that each second may have, so that the whole has so many bytes.
fn bits_a_second(input: &Input, bytes: u64) -> Result<u64, Message> {
    let seconds = input.duration().filter(|seconds| *seconds > 0.0);
    let seconds = seconds.ok_or_else(|| Message::new("convert-too-long-for-size"))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of bits")]
    Ok((bytes as f64 * AIM * 8.0 / seconds) as u64)
}

fn words(line: &str) -> Vec<String> {
    line.split_ascii_whitespace().map(str::to_owned).collect()
}

fn film(input: &Input, picture: &Stream, bytes: Option<u64>) -> Result<Recipe, Message> {
    let (mut does, mut arguments, mut passes) = (Vec::new(), words(&format!("-map 0:{}", picture.index)), 1);
    let became = |id, from: &str, to: &str| Message::new(id).with("from", from.to_uppercase()).with("to", to);
    // Times of pictures that lie in these can be kept.
    let timed = ["mov", "matroska", "mpegts", "flv"].iter().any(|name| input.format.format_name.contains(name));
    let plain = matches!(picture.pix_fmt.as_str(), "yuv420p" | "yuvj420p");
    let interlaced = matches!(picture.field_order.as_str(), "tt" | "bb" | "tb" | "bt");
    let copy = bytes.is_none() && timed && plain && !interlaced && picture.codec_name == "h264";
    if copy {
        arguments.extend(words("-c:v copy"));
        does.push(Message::new("convert-picture-kept"));
    } else {
        let mut filters = Vec::new();
        if interlaced {
            filters.push("yadif".to_owned());
            does.push(Message::new("convert-interlaced"));
        }
        let mut rate = None;
        if let Some(bytes) = bytes {
            let sound = if input.sound().is_some() { SOUND } else { 0 };
            let bits = bits_a_second(input, bytes)?.checked_sub(sound).filter(|bits| *bits >= LEAST);
            let bits = bits.ok_or_else(|| Message::new("convert-too-long-for-size"))?;
            // Both passes have to see the same pictures, whatever clock the file keeps.
            let rate_of_pictures = picture.frame_rate().filter(|rate| (1.0..=60.0).contains(rate)).unwrap_or(30.0);
            filters.push(format!("fps={rate_of_pictures:.3}"));
            let (lines, quality) = lines(picture, bits as f64 / rate_of_pictures);
            let (width, height) = picture.shown();
            if lines < width.min(height) {
                filters.push(if width < height { format!("scale={lines}:-2") } else { format!("scale=-2:{lines}") });
            }
            let message =
                Message::new("convert-to-size").with("size", Arg::Bytes(bytes)).with("rate", Arg::Count(bits / 1000));
            does.push(message.with("height", Arg::Count(lines.into())));
            does.push(Message::new(quality));
            rate = Some(bits);
        }
        if picture.is_bright() && input.tones {
            filters.push(format!("zscale=tin={}:{TONES}", picture.color_transfer));
            arguments.extend(words("-color_primaries bt709 -color_trc bt709 -colorspace bt709"));
            does.push(Message::new("convert-bright"));
        } else if picture.is_bright() {
            does.push(Message::new("convert-pale"));
        }
        filters.push("scale=trunc(iw/2)*2:trunc(ih/2)*2".to_owned());
        arguments.extend(words("-c:v libx264 -preset medium -profile:v high -pix_fmt yuv420p"));
        arguments.extend(["-vf".to_owned(), filters.join(",")]);
        match rate {
            Some(bits) => {
                arguments.extend(words(&format!("-b:v {bits} -maxrate {} -bufsize {}", bits * 2, bits * 4)));
                passes = 2;
            }
            None => arguments.extend(words("-crf 21")),
        }
        does.push(became("convert-picture", &picture.codec_name, "H.264"));
    }
    if let Some(sound) = input.sound() {
        arguments.extend(words(&format!("-map 0:{}", sound.index)));
        let kept = sound.codec_name == "aac" && sound.profile == "LC" && sound.channels <= 2 && sound.rate() <= 48_000;
        if kept && bytes.is_none() && timed {
            arguments.extend(words("-c:a copy"));
            does.push(Message::new("convert-sound-kept"));
        } else {
            arguments.extend(words(&format!("-c:a aac -b:a {SOUND}")));
            arguments.extend(loudspeakers(sound));
            does.push(became("convert-sound", &sound.codec_name, "AAC"));
        }
    }
    arguments.extend(words("-sn -dn -map_chapters -1 -movflags +faststart -f mp4"));
    Ok(Recipe { does, arguments, passes })
}

/// The lines of the shorter side at which a picture of so many bits a frame is worth looking at, and how it will look.
fn lines(picture: &Stream, bits: f64) -> (u32, &'static str) {
    const LINES: [u32; 4] = [1080, 720, 480, 360];

    let (longer, own) = (picture.width.max(picture.height).max(1), picture.width.min(picture.height).max(1));
    let shape = f64::from(longer) / f64::from(own);
    let a_pixel = |lines: u32| bits / (f64::from(lines) * f64::from(lines) * shape);
    let all: Vec<u32> = std::iter::once(own).chain(LINES.into_iter().filter(|lines| *lines < own)).collect();
    let fair = all.iter().copied().find(|lines| a_pixel(*lines) >= FAIR);
    let lines = fair.or(all.last().copied()).unwrap_or(own);
    let quality = match a_pixel(lines) {
        share if share >= FAIR * 1.6 => "convert-quality-good",
        share if share >= FAIR => "convert-quality-fair",
        _ => "convert-quality-poor",
    };
    (lines, quality)
}

/// What two loudspeakers and every player can do with it.
fn loudspeakers(sound: &Stream) -> Vec<String> {
    let (mut arguments, rate) = (Vec::new(), sound.rate());
    if sound.channels > 2 {
        arguments.extend(words("-ac 2"));
    }
    if rate > 48_000 || rate != 0 && rate < 16_000 {
        arguments.extend(words("-ar 44100"));
    }
    arguments
}

fn sound(input: &Input, sound: &Stream, bytes: Option<u64>) -> Result<Recipe, Message> {
    let mut arguments = words(&format!("-map 0:{} -vn -c:a libmp3lame", sound.index));
    let mut does = vec![Message::new("convert-sound").with("from", sound.codec_name.to_uppercase()).with("to", "MP3")];
    match bytes {
        None => arguments.extend(words("-q:a 2")),
        Some(bytes) => {
            let most = bits_a_second(input, bytes)?;
            let rate = [192, 128, 96, 64].into_iter().find(|rate| rate * 1000 <= most);
            let rate = rate.ok_or_else(|| Message::new("convert-too-long-for-size"))?;
            arguments.extend(words(&format!("-b:a {rate}k")));
            let message = Message::new("convert-sound-to-size").with("size", Arg::Bytes(bytes));
            does.push(message.with("rate", Arg::Count(rate)));
        }
    }
    arguments.extend(loudspeakers(sound));
    arguments.extend(words("-f mp3"));
    Ok(Recipe { does, arguments, passes: 1 })
}

fn still(picture: &Stream, target: Target) -> Recipe {
    let mut arguments = words(&format!("-map 0:{} -frames:v 1", picture.index));
    let mut does = Vec::new();
    if target == Target::Jpeg {
        // What is transparent becomes white, as on paper, and not black.
        if picture.is_transparent() {
            arguments.extend(words("-vf split[a][b];[a]drawbox=c=white:t=fill:replace=1[c];[c][b]overlay"));
            does.push(Message::new("convert-transparent"));
        }
        arguments.extend(words("-c:v mjpeg -q:v 2 -pix_fmt yuvj420p"));
    } else {
        arguments.extend(words("-c:v png"));
    }
    arguments.extend(words("-update 1 -f image2"));
    let to = if target == Target::Jpeg { "JPEG" } else { "PNG" };
    does.push(Message::new("convert-picture").with("from", picture.codec_name.to_uppercase()).with("to", to));
    Recipe { does, arguments, passes: 1 }
}
