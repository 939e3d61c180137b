//! The programs that apps are made with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares [`Tool`] together with the ids and names of its variants.
macro_rules! tools {
    ($($variant:ident $id:literal $name:literal),+ $(,)?) => {
        /// A program that an app was made with.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Tool {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $id)] $variant),+
        }

        impl Tool {
            /// Every program, in the order of the table.
            pub const ALL: &'static [Tool] = &[$(Tool::$variant),+];

            /// The kebab-case id used in reports and message catalogues.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Tool::$variant => $id),+ }
            }

            /// The name that its makers gave it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Tool::$variant => $name),+ }
            }
        }
    };
}

tools! {
    // Courses and quizzes
    ISpring "ispring" "iSpring",
    Storyline "storyline" "Articulate Storyline",
    Rise "rise" "Articulate Rise",
    Captivate "captivate" "Adobe Captivate",
    Adapt "adapt" "Adapt",
    ActivePresenter "activepresenter" "ActivePresenter",
    H5p "h5p" "H5P",
    Lumi "lumi" "Lumi (H5P)",
    ExeLearning "exelearning" "eXeLearning",
    Xerte "xerte" "Xerte",
    Lectora "lectora" "Lectora",
    CourseLab "courselab" "CourseLab",
    HotPotatoes "hot-potatoes" "Hot Potatoes",
    Camtasia "camtasia" "Camtasia",
    Genially "genially" "Genially",
    // Games and code
    ScratchProject "scratch-project" "Scratch",
    TurboWarp "turbowarp" "TurboWarp Packager",
    Htmlifier "htmlifier" "HTMLifier",
    Construct "construct" "Construct",
    GDevelop "gdevelop" "GDevelop",
    Unity "unity" "Unity",
    Godot "godot" "Godot",
    GameMaker "gamemaker" "GameMaker",
    RpgMaker "rpg-maker" "RPG Maker",
    Twine "twine" "Twine",
    Animate "animate" "Adobe Animate",
    WebDesigner "web-designer" "Google Web Designer",
    // Simulations, tours and books
    GeoGebra "geogebra" "GeoGebra",
    Phet "phet" "PhET",
    Pano2Vr "pano2vr" "Pano2VR",
    ThreeDVista "3dvista" "3DVista",
    FlipPdf "flip-pdf" "Flip PDF",
    // Offices and sites
    PowerPoint "powerpoint" "Microsoft PowerPoint",
    Word "word" "Microsoft Word",
    Impress "impress" "LibreOffice Impress",
    LibreOffice "libreoffice" "LibreOffice",
    GoogleDocs "google-docs" "Google Docs",
    Tilda "tilda" "Tilda",
    SavedPage "saved-page" "Chrome / Firefox / Edge (Ctrl+S)",
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn ids_are_the_serialised_names() {
        for tool in Tool::ALL {
            assert_eq!(serde_json::to_value(tool).unwrap(), tool.id());
        }
    }
}
