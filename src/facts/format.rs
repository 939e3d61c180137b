//! The names for what a file is: its format (what the bytes are) and its kind (what the documents call it).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares [`Format`] together with the table of its ids, extensions and kinds, so that a format is named in one place.
macro_rules! formats {
    ($($variant:ident $id:literal $kind:ident [$($extension:literal)*]),+ $(,)?) => {
        /// What the bytes of a file are, whatever its name says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Format {
            $(#[doc = $id] #[serde(rename = $id)] $variant),+
        }

        impl Format {
            /// Every format, in the order of the table.
            pub const ALL: &'static [Format] = &[$(Format::$variant),+];

            /// The kebab-case id used in reports, profiles and message catalogues.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Format::$variant => $id),+ }
            }

            /// The kind of material a lone file of this format is.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Format::$variant => Kind::$kind),+ }
            }

            /// The extensions that promise this format, lower case, the usual one first.
            #[must_use]
            pub const fn extensions(self) -> &'static [&'static str] {
                match self { $(Format::$variant => &[$($extension),*]),+ }
            }
        }
    };
}

formats! {
    // Images
    Jpeg "jpeg" Image ["jpg" "jpeg" "jpe" "jfif"],
    Png "png" Image ["png" "apng"],
    Gif "gif" Image ["gif"],
    Svg "svg" Image ["svg"],
    Webp "webp" Image ["webp"],
    Bmp "bmp" Image ["bmp" "dib"],
    Tiff "tiff" Image ["tif" "tiff"],
    Heic "heic" Image ["heic" "heif"],
    Avif "avif" Image ["avif"],
    Ico "ico" Image ["ico" "cur"],
    Psd "psd" Image ["psd"],
    // Sound
    Mp3 "mp3" Audio ["mp3"],
    Wav "wav" Audio ["wav" "wave"],
    M4a "m4a" Audio ["m4a" "m4b"],
    Aac "aac" Audio ["aac"],
    Ogg "ogg" Audio ["ogg" "oga" "opus"],
    Flac "flac" Audio ["flac"],
    Wma "wma" Audio ["wma"],
    Amr "amr" Audio ["amr"],
    Aiff "aiff" Audio ["aif" "aiff"],
    Midi "midi" Audio ["mid" "midi"],
    // Video
    Mp4 "mp4" Video ["mp4" "m4v"],
    Mov "mov" Video ["mov" "qt"],
    ThreeGp "3gp" Video ["3gp" "3g2"],
    Avi "avi" Video ["avi"],
    Wmv "wmv" Video ["wmv" "asf"],
    Mkv "mkv" Video ["mkv"],
    Webm "webm" Video ["webm"],
    Ogv "ogv" Video ["ogv"],
    Flv "flv" Video ["flv"],
    Mpeg "mpeg" Video ["mpg" "mpeg" "vob"],
    MpegTs "mpeg-ts" Video ["m2ts" "mts"],
    // Apps and what is sent in their place
    Zip "zip" App ["zip"],
    Folder "folder" App [],
    Html "html" App ["html" "htm" "xhtml"],
    Css "css" App ["css"],
    JavaScript "javascript" App ["js" "mjs" "cjs"],
    Rar "rar" App ["rar"],
    SevenZip "7z" App ["7z"],
    Tar "tar" App ["tar"],
    Gzip "gzip" App ["gz" "tgz"],
    Swf "swf" App ["swf"],
    // Texts
    Text "text" Text ["txt" "md" "csv"],
    Doc "doc" Text ["doc" "dot"],
    Docx "docx" Text ["docx"],
    Odt "odt" Text ["odt"],
    Rtf "rtf" Text ["rtf"],
    Pdf "pdf" Text ["pdf"],
    Epub "epub" Text ["epub"],
    // Office files that are no text, and the ones that carry macros
    Docm "docm" Other ["docm" "dotm"],
    Ppt "ppt" Other ["ppt" "pps"],
    Pptx "pptx" Other ["pptx" "ppsx"],
    Pptm "pptm" Other ["pptm" "potm" "ppsm" "ppam"],
    Odp "odp" Other ["odp"],
    Xls "xls" Other ["xls"],
    Xlsx "xlsx" Other ["xlsx"],
    Xlsm "xlsm" Other ["xlsm" "xltm" "xlam"],
    Ods "ods" Other ["ods"],
    Ole "ole" Other [],
    OleMacros "ole-macros" Other [],
    // Programs
    Exe "exe" Other ["exe" "scr" "com"],
    Dll "dll" Other ["dll" "cpl" "sys" "ocx"],
    Elf "elf" Other ["so"],
    MachO "mach-o" Other ["dylib"],
    Msi "msi" Other ["msi" "msp"],
    JavaClass "java-class" Other ["class"],
    Jar "jar" Other ["jar"],
    Apk "apk" Other ["apk"],
    Dex "dex" Other ["dex"],
    Shortcut "shortcut" Other ["lnk"],
    Hta "hta" Other ["hta"],
    Script "script" Other ["sh" "bat" "cmd" "ps1" "vbs"],
    // What a web page also uses
    Wasm "wasm" Other ["wasm"],
    Font "font" Other ["woff" "woff2" "ttf" "otf" "eot" "ttc"],
    Json "json" Other ["json" "webmanifest"],
    SourceMap "source-map" Other ["map"],
    Xml "xml" Other ["xml" "xsd" "xsl"],
    Sqlite "sqlite" Other ["sqlite" "db"],
    // The rest
    Empty "empty" Other [],
    Unknown "unknown" Other [],
}

impl Format {
    /// The format an extension promises, if it promises one. `extension` is lower case, without its dot.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.extensions().contains(&extension))
    }

    /// The format with this id.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.id() == id)
    }
}

/// What the documents call a thing to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A picture (сурет).
    Image,
    /// A sound recording (аудиожазба).
    Audio,
    /// A moving picture (бейнежазба).
    Video,
    /// A complex educational application: an HTML5 bundle (кешенді білім беру қосымшасы).
    App,
    /// A text (мәтін).
    Text,
    /// Test items (тест тапсырмалары).
    Test,
    /// A lesson scenario (сабақ сценарийі).
    LessonScenario,
    /// An electronic textbook (электрондық оқу құралы).
    ETextbook,
    /// What one participant hands in to a contest: a form, works, a description.
    Submission,
    /// Nothing the documents know.
    Other,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Kind] = &[
        Kind::Image,
        Kind::Audio,
        Kind::Video,
        Kind::App,
        Kind::Text,
        Kind::Test,
        Kind::LessonScenario,
        Kind::ETextbook,
        Kind::Submission,
        Kind::Other,
    ];

    /// The kebab-case id used in reports, profiles and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Image => "image",
            Kind::Audio => "audio",
            Kind::Video => "video",
            Kind::App => "app",
            Kind::Text => "text",
            Kind::Test => "test",
            Kind::LessonScenario => "lesson-scenario",
            Kind::ETextbook => "e-textbook",
            Kind::Submission => "submission",
            Kind::Other => "other",
        }
    }

    /// The kind with this id.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_extension_promises_two_formats() {
        let mut seen = HashSet::new();
        for extension in Format::ALL.iter().flat_map(|format| format.extensions()) {
            assert!(seen.insert(*extension), "{extension} is listed twice");
        }
    }

    #[test]
    fn ids_are_the_serialised_names() {
        for format in Format::ALL {
            assert_eq!(serde_json::to_value(format).unwrap(), format.id());
            assert_eq!(Format::of_id(format.id()), Some(*format));
        }
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
        }
    }
}
