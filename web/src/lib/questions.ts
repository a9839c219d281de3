/** The question marks of all scripts; a semicolon is one in Greek. */
const MARKS = /[?？؟⁇⁈⁉﹖՞፧⸮꘏꛷]|\u037e|\p{Script=Greek}\p{M}*\s?;/u;

/** How Japanese, Korean, Chinese and Thai ask without a mark: by the last syllable of a sentence. */
const ENDINGS =
  /(?:か|かな|かい|까|까요|나요|가요|吗|嗎|呢|ไหม|มั้ย|หรือเปล่า)(?=\s*(?:[。．.!！…~～\n\p{Extended_Pictographic}]|$))/u;

/** Whether a text asks something, so that even a thumb coming back is an answer. */
export function asksSomething(text: string): boolean {
  return MARKS.test(text.replace(/https?:\/\/\S+/g, "")) || ENDINGS.test(text);
}
