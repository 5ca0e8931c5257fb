/* SPDX-License-Identifier: MIT
 * Chats inside zips: which file is the chat, what is refused and with which words. */
#include <stdlib.h>
#include <zip.h>

#include "check.h"
#include "ebb/messages.h"
#include "pack.h"
#include "scarce.h"

#define CHAT "29.01.2018, 12:24 - Ann: a\n29.01.2018, 12:25 - Ben: b\n"
#define TELEGRAM                                                                \
    "{\"name\":\"Ben\",\"type\":\"personal_chat\",\"id\":1,\"messages\":["      \
    "{\"id\":1,\"type\":\"message\",\"date\":\"2020-01-01T10:00:00\",\"from\":" \
    "\"Ann\",\"from_id\":\"user1\",\"text\":\"a\"},"                            \
    "{\"id\":2,\"type\":\"message\",\"date\":\"2020-01-01T10:01:00\",\"from\":" \
    "\"Ben\",\"from_id\":\"user2\",\"text\":\"b\"}]}"

/* Imports bytes; the code, and the number of events and the format on success. */
static int import_bytes(packed_t zip, size_t *events, char *format, ebb_error_t *error)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_input_t input = ebb_input_memory(zip.bytes, zip.size, "chat.zip");
    int code = ebb_import_open(&import, NULL, error);
    code = code ? code : ebb_import_add(import, &input, error);
    code = code ? code : ebb_import_finish(import, &history, error);
    if (!code) {
        (void)ebb_history_events(history, events);
        strcpy(format, ebb_history_account(history)->sources[0].format);
    }
    ebb_history_free(history);
    ebb_import_free(import);
    return code;
}

static void expect_read(const member_t *members, int count, const char *want)
{
    packed_t zip = pack(members, count);
    size_t events = 0;
    char format[32] = "";
    ebb_error_t error = {0};
    CHECK(import_bytes(zip, &events, format, &error) == 0);
    CHECK_STRING(error.text, "");
    CHECK(events == 2);
    CHECK_STRING(format, want);
    free(zip.bytes);
}

static void expect_refused(packed_t zip, int code, const char *words)
{
    size_t events = 0;
    char format[32] = "";
    ebb_error_t error = {0};
    CHECK(import_bytes(zip, &events, format, &error) == code);
    CHECK(strstr(error.text, words) != NULL);
    CHECK_STRING(error.where, "chat.zip");
    free(zip.bytes);
}

static void test_read(void)
{
    static const char picture[] = "\xFF\xD8\xFF\xE0 not really a picture";
    expect_read((member_t[]){{.name = "_chat.txt", .bytes = CHAT}}, 1, "whatsapp");
    expect_read((member_t[]){{.name = "00000001-PHOTO.jpg", .bytes = picture},
                             {.name = "notes.txt", .bytes = "buy milk\n"},
                             {.name = "WhatsApp Chat - Ben/_chat.txt", .bytes = CHAT},
                             {.name = "__MACOSX/._chat.txt", .bytes = CHAT},
                             {.name = "list.json", .bytes = "[1, 2]"}},
                5, "whatsapp");
    /* any name where there is one chat; the usual name where there are two */
    expect_read((member_t[]){{.name = "Чат WhatsApp с Беном.txt", .bytes = CHAT}}, 1,
                "whatsapp");
    expect_read((member_t[]){{.name = "copy.TXT", .bytes = CHAT CHAT},
                             {.name = "_chat.txt", .bytes = CHAT}},
                2, "whatsapp");
    expect_read((member_t[]){{.name = "ChatExport/result.json", .bytes = TELEGRAM},
                             {.name = "ChatExport/css/style.css", .bytes = "a{}"}},
                2, "telegram");
}

#define BACKUP                                                            \
    "<smses><sms address='+491701234567' date='1714932069000' type='1'/>" \
    "<sms address='+491701234567' date='1714932070000' type='2'/></smses>"

/* backups of phones: of messages they can be read, databases must be unpacked */
static void test_phones(void)
{
    static const char database[] = "SQLite format 3\0\x10\0 and so on";
    expect_read((member_t[]){{.name = "sms-20240505.xml", .bytes = BACKUP},
                             {.name = "sms.xsl", .bytes = "<a/>"},
                             {.name = "other.xml", .bytes = "<a/>"}},
                3, "sms");
    expect_refused(pack((member_t[]){{.name = "sms-20240505.xml", .bytes = BACKUP},
                                     {.name = "calls-20240505.xml", .bytes = BACKUP}},
                        2),
                   EBB_ERR_INPUT, "backups of a phone; unpack it and give ebb those");
    expect_refused(pack((member_t[]){{.name = "Messages/chat.db",
                                      .bytes = database,
                                      .size = sizeof database},
                                     {.name = "Messages/chat.db-wal", .bytes = "x"}},
                        2),
                   EBB_ERR_INPUT, "cannot read inside a zip; unpack it");
    expect_read(
        (member_t[]){{.name = "chat.db", .bytes = database, .size = sizeof database},
                     {.name = "_chat.txt", .bytes = CHAT}},
        2, "whatsapp");
}

static void test_refused(void)
{
    expect_refused(pack((member_t[]){{.name = "a.txt", .bytes = CHAT},
                                     {.name = "b.txt", .bytes = CHAT}},
                        2),
                   EBB_ERR_INPUT, "several chats");
    expect_refused(pack((member_t[]){{.name = "a.txt", .bytes = "hello\n"}}, 1),
                   EBB_ERR_INPUT, "holds no chat");
    expect_refused(pack((member_t[]){{.name = "a.jpg", .bytes = "x"}}, 1),
                   EBB_ERR_INPUT, "holds no chat");
    expect_refused(
        pack((member_t[]){{.name = "_chat.txt", .bytes = CHAT, .password = "secret"}},
             1),
        EBB_ERR_INPUT, "password");
    packed_t cut = pack((member_t[]){{.name = "_chat.txt", .bytes = CHAT}}, 1);
    cut.size -= 10;
    expect_refused(cut, EBB_ERR_INPUT, "not complete");
    packed_t damaged = pack((member_t[]){{.name = "_chat.txt", .bytes = CHAT}}, 1);
    damaged.bytes[45] ^= 0x5A; /* inside the packed text */
    expect_refused(damaged, EBB_ERR_INPUT, "damaged");
}

/* 80 MiB of one letter pack to 80 KiB: refused before they are all unpacked */
static void test_bomb(void)
{
    size_t size = 80u << 20;
    char *bytes = malloc(size);
    memset(bytes, 'a', size);
    memcpy(bytes, CHAT, strlen(CHAT));
    expect_refused(
        pack((member_t[]){{.name = "_chat.txt", .bytes = bytes, .size = size}}, 1),
        EBB_ERR_LIMIT, "250 times");
    free(bytes);
}

/* a text much longer than any buffer comes out whole */
static void test_long(void)
{
    size_t lines = 200000, n = 0;
    char *text = malloc(lines * 60);
    for (size_t i = 0; i < lines; i++) {
        n += (size_t)sprintf(text + n, "29.01.2018, %02zu:%02zu - %s: message %zu\n",
                             i / 60 % 24, i % 60, i % 2 ? "Ann" : "Ben", i * 7919);
    }
    packed_t zip =
        pack((member_t[]){{.name = "_chat.txt", .bytes = text, .size = n}}, 1);
    size_t events = 0;
    char format[32] = "";
    CHECK(import_bytes(zip, &events, format, NULL) == 0);
    CHECK(events == lines);
    free(zip.bytes);
    free(text);
}

/* every request of ours for memory fails once: an error each time, nothing is lost */
static void test_no_memory(void)
{
    packed_t zip = pack((member_t[]){{.name = "_chat.txt", .bytes = CHAT}}, 1);
    int code = EBB_ERR_MEMORY;
    for (long n = 0; n < 1000 && code == EBB_ERR_MEMORY; n++) {
        scarce_t scarce = {.left = n, .held = 0};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_import_opts_t opts = {.alloc = &alloc};
        ebb_import_t *import = NULL;
        ebb_history_t *history = NULL;
        ebb_error_t error = {0};
        ebb_input_t input = ebb_input_memory(zip.bytes, zip.size, "chat.zip");
        code = ebb_import_open(&import, &opts, &error);
        code = code ? code : ebb_import_add(import, &input, &error);
        code = code ? code : ebb_import_finish(import, &history, &error);
        CHECK(code == EBB_ERR_MEMORY || n > 5);
        ebb_history_free(history);
        ebb_import_free(import);
        CHECK(scarce.held == 0);
    }
    CHECK(code == 0);
    free(zip.bytes);
}

int main(void)
{
    test_phones();
    test_read();
    test_refused();
    test_bomb();
    test_long();
    test_no_memory();
    return check_report(__FILE__);
}
