/* SPDX-License-Identifier: MIT
 *
 * What LINE itself writes in place of what is no text, in the languages of its exports
 * that are known: English, Japanese, Chinese of Taiwan and of the mainland, Korean,
 * Thai. A call is known by its sign in every language, and a call that was taken by the
 * duration behind it.
 */
#include <string.h>

#include "messages/jsonfeed.h"
#include "messages/line.h"

typedef struct ln_word {
    const char *word;
    uint8_t kind;
    uint16_t flags;
} ln_word_t;

static const ln_word_t ln_words[] = {
    {"[Photo]", EBB_KIND_MEDIA, 0},
    {"[Video]", EBB_KIND_MEDIA, 0},
    {"[Sticker]", EBB_KIND_MEDIA, 0},
    {"[GIF]", EBB_KIND_MEDIA, 0},
    {"[Voice message]", EBB_KIND_VOICE, 0},
    {"[写真]", EBB_KIND_MEDIA, 0},
    {"[動画]", EBB_KIND_MEDIA, 0},
    {"[スタンプ]", EBB_KIND_MEDIA, 0},
    {"[ボイスメッセージ]", EBB_KIND_VOICE, 0},
    {"[照片]", EBB_KIND_MEDIA, 0},
    {"[影片]", EBB_KIND_MEDIA, 0},
    {"[貼圖]", EBB_KIND_MEDIA, 0},
    {"[語音訊息]", EBB_KIND_VOICE, 0},
    {"[视频]", EBB_KIND_MEDIA, 0},
    {"[贴图]", EBB_KIND_MEDIA, 0},
    {"[语音信息]", EBB_KIND_VOICE, 0},
    {"[사진]", EBB_KIND_MEDIA, 0},
    {"[동영상]", EBB_KIND_MEDIA, 0},
    {"[스티커]", EBB_KIND_MEDIA, 0},
    {"[รูป]", EBB_KIND_MEDIA, 0},
    {"[ภาพ]", EBB_KIND_MEDIA, 0},
    {"[วิดีโอ]", EBB_KIND_MEDIA, 0},
    {"[สติกเกอร์]", EBB_KIND_MEDIA, 0},
    {"Message unsent.", EBB_KIND_DELETED, 0},
};

/* a name, a place or the like may follow */
static const ln_word_t ln_open_words[] = {
    {"[File]", EBB_KIND_MEDIA, 0},
    {"[Contact]", EBB_KIND_OTHER, 0},
    {"[Gift]", EBB_KIND_OTHER, 0},
    {"[Albums]", EBB_KIND_OTHER, 0},
    {"[Notes]", EBB_KIND_OTHER, 0},
    {"[Poll]", EBB_KIND_OTHER, EBB_FLAG_POLL},
    {"[Location]", EBB_KIND_OTHER, EBB_FLAG_LOCATION},
    {"[ファイル]", EBB_KIND_MEDIA, 0},
    {"[アルバム]", EBB_KIND_OTHER, 0},
    {"[ノート]", EBB_KIND_OTHER, 0},
    {"[位置情報]", EBB_KIND_OTHER, EBB_FLAG_LOCATION},
    {"[檔案]", EBB_KIND_MEDIA, 0},
    {"[記事本]", EBB_KIND_OTHER, 0},
    {"[文件]", EBB_KIND_MEDIA, 0},
    {"[记事本]", EBB_KIND_OTHER, 0},
    {"[位置]", EBB_KIND_OTHER, EBB_FLAG_LOCATION},
};

/* on a computer, without brackets */
static const ln_word_t ln_plain_words[] = {
    {"Photos", EBB_KIND_MEDIA, 0},
    {"Stickers", EBB_KIND_MEDIA, 0},
    {"Videos", EBB_KIND_MEDIA, 0},
    {"Audio", EBB_KIND_VOICE, 0},
};

/* ends of a line, without the full stop */
static const char *const ln_unsent[] = {
    "unsent a message",
    "メッセージの送信を取り消しました",
    "已收回訊息",
    "撤回了一条消息",
};

/* Whether a text ends as a duration does, "5:32" or "1:05:32". */
static bool ends_in_ln_duration(const char *text, size_t n)
{
    size_t digits = 0, colons = 0;
    while (n > 0 &&
           ((text[n - 1] >= '0' && text[n - 1] <= '9') || text[n - 1] == ':')) {
        colons += text[n - 1] == ':';
        digits += text[n - 1] != ':';
        n--;
    }
    return colons > 0 && digits > 2;
}

#define LN_COUNT(table) (sizeof(table) / sizeof *(table))

/* The row whose word a text is, or where `open` begins with; NULL if none. */
static const ln_word_t *find_ln_word(const ln_word_t *words, size_t count,
                                     const char *text, size_t n, bool open)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(words[i].word);
        bool same = n >= length && memcmp(text, words[i].word, length) == 0;
        if (same && (n == length || (open && text[length] == ' '))) {
            return &words[i];
        }
    }
    return NULL;
}

ebb_ln_said_t ebb_ln_said(const char *text, size_t n, bool tabbed)
{
    static const char phone[] = "\xE2\x98\x8E"; /* U+260E */
    if (n >= 3 && memcmp(text, phone, 3) == 0) {
        return (ebb_ln_said_t){.kind = ends_in_ln_duration(text, n)
                                           ? EBB_KIND_CALL
                                           : EBB_KIND_MISSED_CALL};
    }
    if (n == 0 || (tabbed && text[0] != '[' && text[0] != 'M')) {
        return (ebb_ln_said_t){.kind = EBB_KIND_TEXT}; /* no word begins so */
    }
    const ln_word_t *word = find_ln_word(ln_words, LN_COUNT(ln_words), text, n, false);
    if (!word && !tabbed) {
        word = find_ln_word(ln_plain_words, LN_COUNT(ln_plain_words), text, n, false);
    }
    if (word) {
        return (ebb_ln_said_t){.kind = word->kind, .flags = word->flags};
    }
    word = find_ln_word(ln_open_words, LN_COUNT(ln_open_words), text, n, true);
    return word ? (ebb_ln_said_t){word->kind, word->flags, n > strlen(word->word)}
                : (ebb_ln_said_t){.kind = EBB_KIND_TEXT};
}

static bool ends_with_ln(const char *text, size_t n, const char *word)
{
    size_t length = strlen(word);
    return n >= length && memcmp(text + n - length, word, length) == 0;
}

bool ebb_ln_is_unsent(const char *text, size_t n)
{
    n -= ends_with_ln(text, n, ".") ? 1 : ends_with_ln(text, n, "\xE3\x80\x82") ? 3 : 0;
    for (size_t i = 0; i < LN_COUNT(ln_unsent); i++) {
        if (ends_with_ln(text, n, ln_unsent[i])) {
            return true;
        }
    }
    return false;
}
