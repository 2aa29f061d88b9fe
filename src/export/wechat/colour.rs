//! Colours: reading them from CSS, the contrast of two (WCAG 2.2), and what
//! WeChat's dark mode makes of them, after the principles it publishes
//! (wechatjs/mp-darkmode, doc/cn/principle.md).

/// A colour without transparency: red, green, blue, 0 to 255.
pub(super) type Rgb = [f64; 3];

/// The page by day.
pub(super) const WHITE: Rgb = [255.0; 3];
/// The page by night, #191919.
pub(super) const NIGHT: Rgb = [25.0; 3];

/// A perceived brightness so near to white that dark mode keeps it.
const WHITE_LIKE: f64 = 250.0;
/// Brighter backgrounds are dimmed to this.
const BRIGHT_GROUND: f64 = 190.0;
/// Dark mode keeps text and ground so far apart in perceived brightness.
const APART: f64 = 65.0;
/// A ground from which on text is made darker rather than lighter.
const LIGHT_GROUND: f64 = 100.0;
/// Text and greys of at most this lightness (HSL, per cent) are turned over.
const TURNS: f64 = 40.0;
/// Grounds are lifted to at least this lightness.
const DEEPEST: f64 = 22.0;

/// A colour as CSS writes it, with its opacity from 0 to 1. Only the forms a
/// theme uses are known; `None` for the others.
pub(super) fn read(css: &str) -> Option<(Rgb, f64)> {
    let css = css.trim().to_ascii_lowercase();
    if let Some(digits) = css.strip_prefix('#') {
        return hexadecimal(digits).map(|rgb| (rgb, 1.0));
    }
    if let Some(inner) = css.strip_prefix("rgb").and_then(|s| s.strip_suffix(')')) {
        let inner = inner.trim_start_matches('a').strip_prefix('(')?;
        let numbers: Option<Vec<f64>> = inner
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok())
            .collect();
        return match numbers?.as_slice() {
            [r, g, b] => Some(([*r, *g, *b], 1.0)),
            [r, g, b, a] => Some(([*r, *g, *b], *a)),
            _ => None,
        };
    }
    match css.as_str() {
        "white" => Some((WHITE, 1.0)),
        "black" => Some(([0.0; 3], 1.0)),
        "transparent" => Some(([0.0; 3], 0.0)),
        _ => None,
    }
}

fn hexadecimal(digits: &str) -> Option<Rgb> {
    let pair = |n: usize| {
        let text = match digits.len() {
            3 => digits.get(n..=n)?.repeat(2),
            6 => digits.get(2 * n..2 * n + 2)?.to_owned(),
            _ => return None,
        };
        u8::from_str_radix(&text, 16).ok().map(f64::from)
    };
    Some([pair(0)?, pair(1)?, pair(2)?])
}

/// A colour of some opacity laid over another.
pub(super) fn over((front, alpha): (Rgb, f64), ground: Rgb) -> Rgb {
    std::array::from_fn(|n| front[n] * alpha + ground[n] * (1.0 - alpha))
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3).
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
pub(super) fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = rgb.map(|value| {
        let value = value / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// What a background becomes at night, over the ground that it lies on there.
pub(super) fn ground_at_night(colour: (Rgb, f64), ground: Rgb) -> Rgb {
    let mixed = over(colour, ground);
    let (hue, saturation, lightness) = hsl(mixed);
    let brightness = perceived(mixed);
    if colour.1 < 0.1 {
        mixed
    } else if (saturation == 0.0 && lightness > TURNS) || brightness > WHITE_LIKE {
        let (_, _, night) = hsl(NIGHT);
        from_hsl(0.0, 0.0, (100.0 + night - lightness).min(100.0))
    } else if brightness > BRIGHT_GROUND {
        brightened(mixed, BRIGHT_GROUND)
    } else if lightness < DEEPEST {
        from_hsl(hue, saturation, DEEPEST)
    } else {
        mixed
    }
}

/// What a text's colour becomes at night, on the ground that it stands on there.
pub(super) fn text_at_night(colour: (Rgb, f64), ground: Rgb) -> Rgb {
    let mixed = over(colour, ground);
    let base = perceived(ground);
    let clear = |rgb| (perceived(rgb) - base).abs() >= APART;
    if perceived(mixed) >= WHITE_LIKE || clear(mixed) {
        return mixed;
    }
    let (hue, saturation, lightness) = hsl(mixed);
    let light_ground = base >= LIGHT_GROUND;
    let turns = if light_ground { lightness > 90.0 - TURNS } else { lightness <= TURNS };
    let turned = if turns { from_hsl(hue, saturation, 90.0 - lightness) } else { mixed };
    if clear(turned) {
        turned
    } else if light_ground {
        brightened(turned, base - APART)
    } else {
        brightened(turned, base + APART)
    }
}

/// Perceived brightness, 0 to 255 (W3C, AERT 2.2).
fn perceived([r, g, b]: Rgb) -> f64 {
    (r * 299.0 + g * 587.0 + b * 114.0) / 1000.0
}

/// A colour made so bright. What one part cannot take, the others do.
fn brightened(rgb: Rgb, to: f64) -> Rgb {
    let now = perceived(rgb);
    let mut scaled = if now > 0.0 { rgb.map(|v| (v * to / now).min(255.0)) } else { [to; 3] };
    let lack = to - perceived(scaled);
    if lack > 0.0 {
        let room: Rgb = scaled.map(|v| 255.0 - v);
        let share = lack / perceived(room).max(1.0);
        scaled = std::array::from_fn(|n| scaled[n] + room[n] * share);
    }
    scaled
}

/// Hue in degrees, saturation and lightness in per cent.
fn hsl(rgb: Rgb) -> (f64, f64, f64) {
    let [r, g, b] = rgb.map(|v| v / 255.0);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let (lightness, spread) = ((most + least) / 2.0, most - least);
    if spread < 1e-9 {
        return (0.0, 0.0, lightness * 100.0);
    }
    let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs());
    let sixth = if most == r {
        (g - b) / spread
    } else if most == g {
        (b - r) / spread + 2.0
    } else {
        (r - g) / spread + 4.0
    };
    ((sixth * 60.0).rem_euclid(360.0), saturation * 100.0, lightness * 100.0)
}

fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Rgb {
    let (saturation, lightness) = (saturation / 100.0, lightness / 100.0);
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0) % 12.0;
        255.0 * (lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
    })
}
