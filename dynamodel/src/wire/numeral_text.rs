//! A number's one text, and its order by value.

use super::numeral::{MAX_DIGITS, Numeral};
use std::cmp::Ordering;
use std::fmt;

/// Numbers are written without an exponent while the point is within these bounds: every 128-bit integer is.
const PLAIN: std::ops::RangeInclusive<i16> = -20..=40;

/// The one text of the number.
impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits().iter().map(|digit| char::from(b'0' + digit));
        let mut text = String::with_capacity(MAX_DIGITS + 8);
        if self.negative {
            text.push('-');
        }
        let length = i16::from(self.length);
        if length == 0 {
            text.push('0');
        } else if !PLAIN.contains(&self.point) {
            for (index, digit) in digits.enumerate() {
                if index == 1 {
                    text.push('.');
                }
                text.push(digit);
            }
            text.push('E');
            text.push_str(itoa::Buffer::new().format(self.point - 1));
        } else {
            if self.point <= 0 {
                text.push_str("0.");
            }
            text.extend((self.point..0).map(|_| '0'));
            for (index, digit) in (0_i16..).zip(digits) {
                if index == self.point && index > 0 {
                    text.push('.');
                }
                text.push(digit);
            }
            text.extend((length..self.point).map(|_| '0'));
        }
        f.pad(&text)
    }
}

impl Ord for Numeral {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |numeral: &Self| i8::from(numeral.length > 0) * if numeral.negative { -1 } else { 1 };
        let magnitudes = || self.point.cmp(&other.point).then_with(|| self.digits.0.cmp(&other.digits.0));
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.negative => magnitudes().reverse(),
            Ordering::Equal => magnitudes(),
            unequal => unequal,
        }
    }
}

impl PartialOrd for Numeral {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
