//! Values that IAM knows of the principal of a request.

use crate::key::escape;
use crate::schema::{Form, KeyKind, Spec, TextForm};

/// A value that IAM knows of the principal of a request, in place of a field of a key.
///
/// In a key template, characters up to and including `$` (a blank, `#`, …) are escaped unless the field is raw, and IAM does
/// not know the escapes: a principal with such a character in the value is denied everything. Tags, Cognito identities and
/// IAM user names never contain `#` or `$`, so that no principal can match another's key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principal(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// A condition key of IAM whose values contain neither `#` nor `$`.
    Known(String),
    /// A condition key of an external identity provider.
    External(String),
    /// A fixed text.
    Text(String),
}

impl Principal {
    /// The principal's tag of this name (`${aws:PrincipalTag/user_id}`): of a role, a user or a session.
    pub fn tag(name: impl AsRef<str>) -> Self {
        Self(Kind::Known(format!("aws:PrincipalTag/{}", name.as_ref())))
    }

    /// The identity in Amazon Cognito (`${cognito-identity.amazonaws.com:sub}`).
    pub fn cognito_identity() -> Self {
        Self(Kind::Known("cognito-identity.amazonaws.com:sub".to_owned()))
    }

    /// The IAM user's name (`${aws:username}`).
    pub fn user_name() -> Self {
        Self(Kind::Known("aws:username".to_owned()))
    }

    /// The unique id of the user, or of the role and its session (`${aws:userid}`).
    pub fn user_id() -> Self {
        Self(Kind::Known("aws:userid".to_owned()))
    }

    /// Any other condition key, for example of an identity provider: `auth.example.com:sub`. Principals with `#`, `$`, `*` or
    /// `?` in its value are denied everything, by a condition.
    pub fn condition_key(key: impl Into<String>) -> Self {
        Self(Kind::External(key.into()))
    }

    /// A fixed value, for a policy of one tenant.
    pub fn text(value: impl Into<String>) -> Self {
        Self(Kind::Text(value.into()))
    }

    /// What is wrong with the key or the text.
    pub(super) fn problem(&self) -> Option<String> {
        let key = match &self.0 {
            Kind::Known(key) | Kind::External(key) => key,
            Kind::Text(value) if value.is_empty() => return Some("an empty text belongs to no principal".to_owned()),
            Kind::Text(_) => return None,
        };
        let plain = |c: char| c.is_alphanumeric() || "_.:/=+-@ ".contains(c);
        let named = key.split_once([':', '/']).is_some_and(|(_, name)| !name.is_empty()) && !key.ends_with(['/', ':']);
        (!named || !key.chars().all(plain)).then(|| {
            format!("{key:?} is not a condition key of IAM: use letters, digits and `_.:/=+-@`, as in `aws:PrincipalTag/user_id`")
        })
    }

    /// The text of the field in a policy, or why there is none.
    pub(super) fn in_key(&self, form: Form, spec: Option<Spec>) -> Result<String, &'static str> {
        let Some(spec) = spec else {
            return match form.kind {
                KeyKind::S => Ok(self.written(false)),
                KeyKind::N => Err("a number, and IAM compares strings"),
                _ => Err("binary, and IAM compares strings"),
            };
        };
        match form.text {
            TextForm::Integer { .. } => Err("an integer, which is padded in a key, and IAM does not know the padding"),
            // As it is in the key: a text of another length or with other characters matches nothing.
            TextForm::Fixed(_) | TextForm::Text => Ok(self.written(!spec.raw)),
        }
    }

    fn written(&self, escaped: bool) -> String {
        match &self.0 {
            Kind::Known(key) | Kind::External(key) => format!("${{{key}}}"),
            Kind::Text(value) if escaped => {
                let mut text = String::new();
                escape(value, &mut text);
                literal(&text)
            }
            Kind::Text(value) => literal(value),
        }
    }

    /// The condition key whose value must not contain separators or wildcards.
    pub(super) fn guarded(&self) -> Option<&str> {
        match &self.0 {
            Kind::External(key) => Some(key),
            Kind::Known(_) | Kind::Text(_) => None,
        }
    }
}

/// A literal text, with IAM's wildcards escaped.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '*' | '?' | '$' => out.extend(["${", c.encode_utf8(&mut [0; 4]), "}"]),
            c => out.push(c),
        }
    }
    out
}
