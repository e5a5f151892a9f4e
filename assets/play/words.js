// Every word of the page's own, in both languages.

const WORDS = {
  zh: {
    page: (bot) => `${bot} · 试玩`,
    playground: "试玩场",
    about: "这里的人和群都是假的，数据只在这台电脑上。换个身份，随便试。",
    conversations: "会话",
    language: "语言",
    menu: "打开会话列表",
    close: "关闭",
    talk: "聊天记录",
    direct: "私聊",
    group: (count) => `${count} 位成员和管家`,
    directWith: (name) => `${name} 的私聊`,
    admin: "管理员",
    speakAs: "以谁的身份说",
    unreadFor: (name) => `${name} 有新私聊`,
    message: "消息",
    placeholder: (bot) => `输入消息，@${bot} 下指令，按 / 看全部`,
    placeholderDirect: (bot) => `直接对${bot}说，按 / 看全部指令`,
    placeholderDeaf: (bot) => `现在只有 @${bot} 的消息会被听到`,
    send: "发送",
    keys: "Enter 发送 · Shift+Enter 换行 · Alt+1…4 换人",
    twice: "发两遍",
    twiceNote: "同一条回调发两次：第二次不该有任何作用",
    deliveredTwice: "发了两遍",
    onlyMentions: "像钉钉一样，只听 @",
    onlyMentionsNote: "群里没有 @ 机器人的消息，机器人收不到",
    reply: "引用回复",
    replyTo: (name) => `引用 ${name}：`,
    dropQuote: "取消引用",
    choices: "补全",
    chooseHint: "↑↓ 选择 · Tab 填入",
    copy: "复制",
    copied: "已复制",
    openPage: "打开",
    sending: "发送中",
    failed: "没有送到",
    retry: "重发",
    takeBack: "取回",
    refused: "这条没有被接受",
    busy: "现在太忙，请稍等再试",
    offline: "连接断了，正在重连…",
    unloaded: "打不开试玩场，正在重试…",
    clock: "虚拟时钟",
    clockNote: "跳到以后的时间，路上到期的提醒和报告都会照常发生。只能往前跳，最远 400 天。",
    clockLabel: (time) => `虚拟时钟 ${time}，点开可以跳到以后`,
    jumpTo: "跳到",
    jump: "跳过去",
    jumping: "正在跳…",
    jumped: (time) => `现在是 ${time}`,
    jumpFailed: "没有跳成，请再试一次",
    jumpRange: "只能跳到以后，最远 400 天",
    plusHour: "一小时后",
    today18: "今天 18:00",
    tomorrow9: "明天 9:00",
    monday9: "下周一 9:00",
    emptyTitle: (place) => `在「${place}」里说点什么`,
    emptyTitleDirect: (bot) => `和${bot}单独聊聊`,
    emptyNote: "不知道从哪开始？试试这几句：",
    tries: (at, name) => [
      `${at}任务 明天18点前 整理Q4报价 @${name}`,
      `${at}任务`,
      `${at}帮助`,
    ],
  },
  en: {
    page: (bot) => `${bot} · Playground`,
    playground: "Playground",
    about: "People and groups here are made up; the data stays on this computer. "
      + "Switch who you are and try anything.",
    conversations: "Conversations",
    language: "Language",
    menu: "Open the conversations",
    close: "Close",
    talk: "Talk",
    direct: "Direct chat",
    group: (count) => `${count} members and the bot`,
    directWith: (name) => `${name}’s direct chat`,
    admin: "admin",
    speakAs: "Speak as",
    unreadFor: (name) => `${name} has a new direct message`,
    message: "Message",
    placeholder: (bot) => `Write a message, @${bot} for a command, / for all of them`,
    placeholderDirect: (bot) => `Write to ${bot}, / for all commands`,
    placeholderDeaf: (bot) => `Only messages with @${bot} are heard now`,
    send: "Send",
    keys: "Enter sends · Shift+Enter new line · Alt+1…4 switch member",
    twice: "Deliver twice",
    twiceNote: "The same callback comes twice: the second must change nothing",
    deliveredTwice: "delivered twice",
    onlyMentions: "Like DingTalk: only @ is heard",
    onlyMentionsNote: "In groups the bot gets no message without an @ of it",
    reply: "Reply with quote",
    replyTo: (name) => `Replying to ${name}: `,
    dropQuote: "Drop the quote",
    choices: "Completions",
    chooseHint: "↑↓ choose · Tab fills in",
    copy: "Copy",
    copied: "Copied",
    openPage: "Open",
    sending: "Sending",
    failed: "Not delivered",
    retry: "Send again",
    takeBack: "Take it back",
    refused: "This was not accepted",
    busy: "Too busy just now, try again in a moment",
    offline: "Connection lost, reconnecting…",
    unloaded: "The playground can’t be reached, trying again…",
    clock: "Virtual clock",
    clockNote: "Jump ahead, and every reminder and report due on the way happens. "
      + "Forward only, 400 days at most.",
    clockLabel: (time) => `Virtual clock ${time}, open to jump ahead`,
    jumpTo: "Jump to",
    jump: "Jump",
    jumping: "Jumping…",
    jumped: (time) => `It is ${time} now`,
    jumpFailed: "The jump failed, please try again",
    jumpRange: "Forward only, 400 days at most",
    plusHour: "In an hour",
    today18: "Today 18:00",
    tomorrow9: "Tomorrow 9:00",
    monday9: "Next Monday 9:00",
    emptyTitle: (place) => `Say something in “${place}”`,
    emptyTitleDirect: (bot) => `A word with ${bot} alone`,
    emptyNote: "Not sure where to begin? Try one of these:",
    tries: (at, name) => [
      `${at}task Send the Q4 quote @${name} tomorrow 6pm`,
      `${at}task`,
      `${at}help`,
    ],
  },
};

let lang = "zh";

/** The page's language: "zh" or "en". */
export const language = () => lang;

/** Sets the page's language and every word that stands in index.html. */
export function setLanguage(to) {
  lang = to === "en" ? "en" : "zh";
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
  }
}

/** The words under a key; some take parts. */
export function word(key, ...parts) {
  const words = WORDS[lang][key];
  return typeof words === "function" ? words(...parts) : words;
}
