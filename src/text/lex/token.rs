//! The kinds of tokens a line is made of, as far as dates go.

use chrono::Weekday;
use chrono_tz::Tz;

use crate::model::recurrence::Weeks;
use crate::text::clock::Part;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tok {
    /// Behind the last token.
    End,
    /// A line end or a wide gap: no phrase goes across.
    Break,
    /// Characters that mean nothing here.
    Other,
    /// Letters that mean nothing here.
    Latin,
    /// A name behind an @, an address.
    Name,
    /// A number.
    Num(Num),
    /// 半, ½.
    Half,
    /// `:`.
    Colon,
    /// `.`.
    Dot,
    /// `-` and its like.
    Dash,
    /// `/`.
    Slash,
    /// `,`.
    Comma,
    /// `、`.
    Pause,
    /// `(`, `[`.
    Open,
    /// `)`, `]`.
    Close,
    /// `@` that no name follows.
    At,
    /// `+`.
    Plus,
    /// A sign that a number belongs to: `%`, `$`, `#`.
    Sign,
    /// A unit that cannot be anything else: 小时, hours.
    Unit(Unit),
    /// 今天, tomorrow: days from today.
    DayWord(i8),
    /// 上午, morning.
    Part(Part),
    /// 今晚, tonight.
    DayPart(i8, Part),
    /// 今年: years from this one.
    YearWord(i8),
    /// The day behind 周, or an English name; whether it is a plural.
    Weekday(Weekday, bool),
    /// An English month, 1 to 12; whether it was spelt with a capital or in full.
    Month(u8, bool),
    /// A feast.
    Festival(Festival),
    /// 现在, now.
    Now,
    /// The name of a time zone behind a clock time.
    Zone(Tz),
    /// A Chinese word.
    Zh(Zh),
    /// An English word.
    En(En),
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `12`.
    Arabic,
    /// 十二.
    Han,
    /// 二零一六, 三五: digits side by side.
    Digits,
    /// twelve.
    Word,
    /// 3rd, third.
    Ordinal,
}

/// A number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Num {
    /// Its value; of more than nine digits, the highest there is.
    pub value: u32,
    /// How many characters were written.
    pub width: u8,
    /// How.
    pub form: Form,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 秒.
    Second,
    /// 分钟.
    Minute,
    /// 一刻钟.
    QuarterHour,
    /// 小时.
    Hour,
    /// 天.
    Day,
    /// 工作日.
    Workday,
    /// 周.
    Week,
    /// Two weeks.
    Fortnight,
    /// 周末.
    Weekend,
    /// 个月.
    Month,
    /// 季度.
    Quarter,
    /// 半年.
    HalfYear,
    /// 年.
    Year,
}

/// Feasts that dates are named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Festival {
    /// The same day every year: month and day.
    Fixed(u8, u8),
    /// The Chinese New Year and so many days from it.
    Spring(i8),
    /// 清明.
    Qingming,
    /// 夏至.
    SummerSolstice,
    /// 冬至.
    WinterSolstice,
    /// 端午.
    DragonBoat,
    /// 七夕.
    Qixi,
    /// 中秋.
    MidAutumn,
    /// 重阳.
    DoubleNinth,
    /// Month, which weekday of it (-1 the last), Monday = 0, and days behind it.
    Nth(u8, i8, u8, i8),
    /// Easter Sunday and so many days from it.
    Easter(i8),
}

/// Chinese words, by what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zh {
    /// 年.
    Year,
    /// 月.
    Month,
    /// 日.
    Day,
    /// 号.
    Number,
    /// 时.
    Hour,
    /// 分.
    Minute,
    /// 秒.
    Second,
    /// 点.
    Point,
    /// 整.
    Sharp,
    /// 刻.
    Quarter,
    /// 钟.
    Bell,
    /// 差十分: so many minutes before the hour behind it.
    Short(u8),
    /// 个.
    Piece,
    /// 周, 星期, 礼拜.
    Week,
    /// 上.
    Up,
    /// 下.
    Down,
    /// 这, 本, 当, 同.
    This,
    /// 每.
    Every,
    /// 隔.
    Skip,
    /// 第.
    Nth,
    /// 首.
    First,
    /// 最后.
    Last,
    /// 倒数.
    FromEnd,
    /// 前.
    Front,
    /// 后.
    Back,
    /// 内, 之内.
    Inside,
    /// 之前.
    Before,
    /// 之后.
    After,
    /// 从.
    From,
    /// 到, 至.
    To,
    /// 起, 开始.
    Since,
    /// 之间.
    Between,
    /// 为止.
    Ends,
    /// 截止, 最晚.
    Due,
    /// 在, 于.
    In,
    /// 最近, 过去.
    Recent,
    /// 未来.
    Coming,
    /// 再过.
    Pass,
    /// 大约, 左右.
    About,
    /// 几.
    Few,
    /// 多.
    More,
    /// 上半年 (0), 下半年 (1).
    Half(u8),
    /// 月底, 月末.
    MonthEnd,
    /// 月初.
    MonthStart,
    /// 月中.
    MonthMiddle,
    /// 上旬, 中旬, 下旬.
    Ten(u8),
    /// 年底.
    YearEnd,
    /// 年初.
    YearStart,
    /// 季末.
    QuarterEnd,
    /// 底, 末 behind a stretch.
    Bottom,
    /// 下班.
    OffWork,
    /// 上班.
    OnWork,
    /// 单数周, 双周.
    Weeks(Weeks),
    /// 节.
    Feast,
    /// 期间, 假期.
    During,
    /// 节假日.
    Holidays,
    /// 除外.
    Except,
    /// 遇.
    Meets,
    /// 顺延, 推迟.
    Later,
    /// 提前.
    Earlier,
    /// 跳过.
    SkipOver,
    /// 次.
    Times,
    /// 共: so many times or days in all.
    Total,
    /// 夜夜: every night.
    Nightly,
    /// 连续, 持续: so many in a row.
    Running,
    /// 除了.
    Without,
    /// 工作时间.
    WorkHours,
    /// 和.
    And,
    /// 或.
    Or,
    /// 的.
    Of,
    /// 今明两天 (0), 明后天 (1): two days from there on.
    TwoDays(i8),
    /// 全天.
    AllDay,
    /// 又, 零 between amounts.
    Also,
    /// 夕: 前夕.
    Eve,
    /// 当天, 当日 behind a day.
    ThatDay,
    /// 都不, 一点 and the like: nothing of dates.
    Blank,
}

/// English words, by what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum En {
    A,
    After,
    Ago,
    All,
    Am,
    And,
    Another,
    Around,
    At,
    Before,
    Between,
    Business,
    By,
    Clock,
    Coming,
    Couple,
    Daily,
    During,
    Each,
    End,
    EndOf(u8),
    Every,
    Except,
    Few,
    For,
    From,
    Half,
    Holidays,
    Hourly,
    In,
    Is,
    Last,
    Later,
    LoneA,
    LoneD,
    LoneH,
    LoneM,
    LoneP,
    LoneS,
    LoneW,
    LoneY,
    Long,
    Monthly,
    My,
    Next,
    Of,
    On,
    Once,
    Only,
    Or,
    Other,
    Past,
    Pm,
    Previous,
    Quarter,
    QuarterOf(u8),
    Quarterly,
    Second,
    Since,
    Start,
    Starting,
    The,
    This,
    Through,
    Timer,
    Times,
    To,
    Twice,
    Until,
    Weekday,
    Weekly,
    Weeks(Weeks),
    Within,
    Yearly,
}
