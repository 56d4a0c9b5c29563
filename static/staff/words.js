/** The words of the desk, in the language of whoever reads it; changed in place, because a conversation is in this page. */

/** @typedef {Record<string, string | number>} Slots */

export class Words {
  /**
   * @param {Record<string, Record<string, string>>} texts - by language, then by key
   * @param {string} language
   */
  constructor(texts, language) {
    this.texts = texts
    this.language = language in texts ? language : Object.keys(texts)[0]
  }

  /**
   * @param {string} key
   * @param {Slots} [slots]
   * @throws {RangeError} for a key that no catalogue has
   */
  say(key, slots = {}) {
    const text = this.texts[this.language][key]
    if (text === undefined) throw new RangeError(`no text ${key}`)
    return text.replace(/\{(\w+)\}/g, (_, slot) => String(slots[slot]))
  }

  /** @param {string} key */
  has(key) {
    return key in this.texts[this.language]
  }

  /** The name of a language, in the reader's own. @param {string} code */
  nameOfLanguage(code) {
    return new Intl.DisplayNames([this.language], { type: "language" }).of(code) ?? code
  }

  /** The name of a line; an organisation may have lines that no catalogue knows. @param {string} line */
  nameOfLine(line) {
    return this.has(`line.${line}`) ? this.say(`line.${line}`) : line
  }
}
