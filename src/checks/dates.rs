//! Days, in the many ways in which people and programs write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// The beginnings of the names of months, in Kazakh, Russian and English, with the letters that every keyboard has.
const MONTHS: [&[&str]; 12] = [
    &["қаң", "кан", "қан", "янв", "jan"],
    &["ақп", "акп", "фев", "feb"],
    &["нау", "мар", "mar"],
    &["сәу", "сау", "апр", "apr"],
    &["мам", "май", "мая", "may"],
    &["мау", "июн", "jun"],
    &["шіл", "шил", "июл", "jul"],
    &["там", "авг", "aug"],
    &["қыр", "кыр", "сен", "sep"],
    &["қаз", "каз", "окт", "oct"],
    &["қар", "кар", "ноя", "nov"],
    &["жел", "дек", "dec"],
];

/// Serial numbers of spreadsheets that are days of this century; other numbers are no dates.
const SERIALS: std::ops::Range<f64> = 36_526.0..73_050.0;

/// The days that a text may mean, in a time zone: none if it is no date, two if it writes the day and the month in an
/// order that cannot be told.
pub(super) fn days(text: &str, zone: &TimeZone) -> Vec<Date> {
    let text = text.trim().to_lowercase().replace('\u{a0}', " ");
    // Programs write `2019-02-20T10:00:00Z`.
    if let Ok(moment) = text.to_uppercase().parse::<Timestamp>() {
        return vec![moment.to_zoned(zone.clone()).date()];
    }
    if let Ok(serial) = text.replace(',', ".").parse::<f64>() {
        let first = jiff::civil::date(1899, 12, 30);
        let days = SERIALS.contains(&serial).then(|| jiff::Span::new().days(serial.floor() as i64));
        return days.and_then(|days| first.checked_add(days).ok()).into_iter().collect();
    }
    let (days, rest) = by_numbers(&text).unwrap_or_else(|| by_month(&text));
    match (rest.and_then(offset), rest.and_then(clock)) {
        // Another zone, and a time of the day: the day may be another one.
        (Some(offset), Some((hour, minute))) => {
            let at = |day: &Date| offset.to_timestamp(day.at(hour, minute, 0, 0)).ok();
            days.iter().filter_map(at).map(|moment| moment.to_zoned(zone.clone()).date()).collect()
        }
        _ => days,
    }
}

/// Days written in numbers, and what stands behind them.
fn by_numbers(text: &str) -> Option<(Vec<Date>, Option<&str>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '/')).unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    let separator = day.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = day.trim_end_matches('.').split(separator).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    let date = |year: i16, month: i16, day: i16| {
        let year = if (0..100).contains(&year) { 2000 + year } else { year };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        (2000..2100).contains(&date.year()).then_some(date)
    };
    let mut days: Vec<Date> = if a.len() == 4 {
        date(x, y, z).into_iter().collect()
    } else if separator == '/' {
        // Americans write the month first.
        date(z, y, x).into_iter().chain(date(z, x, y)).collect()
    } else {
        date(z, y, x).into_iter().collect()
    };
    days.dedup();
    Some((days, Some(rest)))
}

/// Days with the name of the month.
fn by_month(text: &str) -> (Vec<Date>, Option<&str>) {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).collect();
    let month = words.iter().find_map(|word| {
        let month = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
        i8::try_from(month + 1).ok()
    });
    let digits = |word: &&str| word.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
    let numbers: Vec<i16> =
        words.iter().filter(|word| !word.contains(':')).filter_map(|word| digits(word).parse().ok()).collect();
    let year = numbers.iter().find(|number| (2000..2100).contains(*number));
    let day = numbers.iter().find(|number| (1..=31).contains(*number)).and_then(|day| i8::try_from(*day).ok());
    let date = match (year, month, day) {
        (Some(year), Some(month), Some(day)) => Date::new(*year, month, day).ok(),
        _ => None,
    };
    (date.into_iter().collect(), text.find(':').map(|at| text[..at].rfind(' ').map_or(text, |space| &text[space..])))
}

/// `GMT+6`, `UTC+06:00`, `+06:00`, `Z` behind a time of the day.
fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    if text.ends_with('z') || text.ends_with("gmt") || text.ends_with("utc") {
        return Some(Offset::UTC);
    }
    // The hyphen of a date stands in front of what is looked at here.
    let at = text.rfind(['+', '-'])?;
    let sign = if text[at..].starts_with('-') { -1 } else { 1 };
    let digits: String = text[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let hours: i8 = digits.get(..digits.len().min(2))?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).and_then(|minutes| minutes.parse().ok()).unwrap_or(0);
    Offset::from_seconds(sign * (i32::from(hours) * 3_600 + minutes * 60)).ok()
}

/// `3:14:15 pm`, `t10:00`.
fn clock(text: &str) -> Option<(i8, i8)> {
    let text = text.trim_start_matches(['t', ' ', ',']);
    let (hour, rest) = text.split_once(':')?;
    let hour: i8 = hour.trim().parse().ok()?;
    let minute: i8 = rest.get(..2)?.parse().ok()?;
    let hour = match (text.contains("pm"), text.contains("am")) {
        (true, _) if hour < 12 => hour + 12,
        (_, true) if hour == 12 => 0,
        _ => hour,
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn of(text: &str) -> Vec<Date> {
        days(text, &TimeZone::get("Asia/Almaty").expect("the zone is part of the program"))
    }

    #[test]
    fn days_are_read_however_they_are_written() {
        for text in [
            "2019-02-20",
            "2019-02-20 23:59",
            "2019-02-20T23:59:59",
            "2019-02-20T17:59:59Z",
            "2019-02-20T23:59:59+06:00",
            "20.02.2019",
            "20.02.2019 г.",
            "20.02.19 14:30",
            "20-02-2019",
            "20/02/2019",
            "02/20/2019 9:15",
            "2019/02/20 11:59:59 PM GMT+6",
            "20 ақпан 2019",
            "2019 жылғы 20 ақпан",
            "20 акпан 2019 ж. 14:30",
            "20 февраля 2019 г., 14:30",
            "Feb 20, 2019",
            "43516",
            "43516,75",
        ] {
            assert_eq!(of(text), [date(2019, 2, 20)], "{text}");
        }
    }

    #[test]
    fn the_offset_is_that_of_the_year() {
        // Almaty was six hours ahead of London until March 2024, and is five hours ahead since.
        assert_eq!(of("2019-02-20T18:30:00Z"), [date(2019, 2, 21)]);
        assert_eq!(of("2025-02-20T18:30:00Z"), [date(2025, 2, 20)]);
        assert_eq!(of("2025-02-20T19:30:00Z"), [date(2025, 2, 21)]);
        assert_eq!(of("2019/02/20 11:30:00 PM GMT+3"), [date(2019, 2, 21)]);
    }

    #[test]
    fn what_is_no_date_is_none_and_what_may_be_two_is_two() {
        for text in ["", "вовремя", "20.13.2019", "31.02.2019", "12", "8-701-555-01-01", "20.02", "0.5", "2019"]
        {
            assert_eq!(of(text), [], "{text}");
        }
        assert_eq!(of("03/04/2019"), [date(2019, 4, 3), date(2019, 3, 4)]);
        assert_eq!(of("05/05/2019"), [date(2019, 5, 5)]);
    }
}
