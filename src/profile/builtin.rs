//! The profiles that are part of the program. Their files are in `rules/`.

/// A built-in profile: its id and its files, name and text.
pub struct Builtin {
    /// The id users type.
    pub id: &'static str,
    /// The files it consists of. A text file is a list, named as the file, with a line an item.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../", $path)))),+]
    };
}

/// The lists that every profile has.
pub(super) const BASE: (&str, &str) = ("rules/lists/record.toml", include_str!("../../rules/lists/record.toml"));

/// Every built-in profile, the default one first.
pub static BUILTIN: &[Builtin] = &[
    Builtin {
        id: "order-121",
        files: files![
            "rules/order-121/profile.toml",
            "rules/order-121/technical.toml",
            "rules/order-121/advice.toml",
            "rules/order-121/checklist.toml",
            "rules/order-121/forbidden-extensions.toml",
            "rules/order-121/hosts.toml",
            "rules/lists/trackers.txt",
        ],
    },
    Builtin {
        id: "opiq-2019",
        files: files![
            "rules/opiq-2019/profile.toml",
            "rules/opiq-2019/requirements.toml",
            "rules/opiq-2019/lists.toml",
        ],
    },
    Builtin {
        id: "bjb-2020",
        files: files!["rules/bjb-2020/profile.toml", "rules/bjb-2020/requirements.toml", "rules/bjb-2020/lists.toml",],
    },
    Builtin {
        id: "netcom-2017",
        files: files![
            "rules/netcom-2017/profile.toml",
            "rules/netcom-2017/requirements.toml",
            "rules/netcom-2017/lists.toml",
        ],
    },
];
