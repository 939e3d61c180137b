//! Names that every system, server and learning platform keeps as they are.

use unicode_normalization::UnicodeNormalization;

/// A part of a path in Latin letters, digits, `-`, `_` and dots. A part that is so already stays as it is.
pub(super) fn portable(part: &str) -> String {
    let latin: String = part.nfc().map(|letter| letter_of(letter).unwrap_or_else(|| letter.to_string())).collect();
    // What is no letter of ours loses its marks, and what is left of other scripts becomes its number.
    let mut name = String::new();
    for letter in latin.nfd() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' | '-' => name.push(letter),
            letter if unicode_normalization::char::is_combining_mark(letter) => {}
            letter if letter.is_alphanumeric() => name.push_str(&format!("u{:x}", u32::from(letter))),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    let name = name.replace("-.", ".");
    let name = name.trim_end_matches(['-', '.']);
    if name.is_empty() { "x".to_owned() } else { name.to_owned() }
}

/// Cyrillic letters of Kazakh and Russian as people in Kazakhstan write them with Latin ones in names of files.
fn letter_of(letter: char) -> Option<String> {
    let small = letter.to_lowercase().next()?;
    let latin = match small {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' | 'ы' => "i",
        'к' => "k",
        'қ' => "q",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    };
    if small == letter {
        return Some(latin.to_owned());
    }
    let mut letters = latin.chars();
    Some(letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn names_become_latin_and_good_ones_stay() {
        for (name, expected) in [
            ("Сабақ 1.html", "Sabaq-1.html"),
            ("Әріптер (жаңа).png", "Aripter-zhana.png"),
            ("Щука.mp3", "Shchuka.mp3"),
            ("и\u{306}.css", "i.css"),
            ("naïve café.js", "naive-cafe.js"),
            ("中.png", "u4e2d.png"),
            ("ъ", "x"),
            ("a b&c.js", "a-b-c.js"),
        ] {
            assert_eq!(portable(name), expected, "{name}");
            assert_eq!(portable(expected), expected);
        }
        for good in ["index.html", ".nojekyll", "jquery-3.7.1_min.js", "A.B"] {
            assert_eq!(portable(good), good);
        }
    }
}
