//! Will an old computer and a projector show the video as it was meant?

use super::whole::must_be_read;
use super::{Opinion, Settings};
use crate::facts::{Facts, PictureTrack};
use crate::finding::{Arg, Message, Place};
use crate::settings::SchoolScreen;

impl Settings for SchoolScreen {
    const CHECK: &'static str = "school-screen";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        must_be_read(&facts.file, opinion);
        let Some(video) = &facts.file.video else { return };
        // Players show the first picture track.
        let Some(picture) = video.pictures().find_map(|track| track.picture.as_ref()) else { return };
        self.pace(picture, opinion);
        if picture.interlaced == Some(true) && !self.interlaced {
            opinion.error(Message::new("video-interlaced"), Place::whole());
        }
        let (Some(width), Some(height)) = (picture.width, picture.height) else { return };
        if matches!(picture.rotation, 90 | 270) && width > height && !self.turned_portrait {
            opinion.error(Message::new("video-turned-portrait"), Place::whole());
        }
    }
}

impl SchoolScreen {
    fn pace(&self, picture: &PictureTrack, opinion: &mut Opinion) {
        let Some(average) = picture.frame_rate else { return };
        let message = |id, rate: f64| {
            let message = Message::new(id).with("rate", Arg::Count(rate.round() as u64));
            message.with("limit", Arg::Count(self.max_frame_rate.round() as u64))
        };
        // A rate of 60 is written as 60.002 by some encoders.
        let is_over = |rate: f64| rate > self.max_frame_rate * 1.01;
        if is_over(average) {
            opinion.error(message("frame-rate-high", average), Place::whole());
        } else if let Some(highest) =
            picture.highest_frame_rate.filter(|&rate| picture.variable_frame_rate && is_over(rate))
        {
            opinion.error(message("frame-rate-varies", highest), Place::whole());
        }
    }
}
