/* SPDX-License-Identifier: MIT
 *
 * Words for the half of the day, in the languages phones speak. Source: CLDR's AM/PM
 * markers and Chinese day periods, older spellings beside them. Spelled as
 * ebb_wa_half_of wants them: no spaces, dots and commas, ASCII in lower case.
 */
#include "core/bytes.h"
#include "messages/whatsapp.h"

typedef struct half_word {
    const char *word;
    uint8_t half; /* ebb_wa_half_t */
} half_word_t;

/* clang-format off */
static const half_word_t half_words[] = {
    {"am", EBB_WA_AM},           {"pm", EBB_WA_PM},            /* most of them */
    {"a", EBB_WA_AM},            {"p", EBB_WA_PM},
    {"上午", EBB_WA_AM},         {"下午", EBB_WA_PM},          /* Chinese */
    {"凌晨", EBB_WA_AM},         {"中午", EBB_WA_NOON},
    {"清晨", EBB_WA_AM},         {"晚上", EBB_WA_EVENING},
    {"早上", EBB_WA_AM},         {"傍晚", EBB_WA_PM},
    {"半夜", EBB_WA_AM},
    {"午前", EBB_WA_AM},         {"午後", EBB_WA_PM},          /* Japanese */
    {"오전", EBB_WA_AM},         {"오후", EBB_WA_PM},          /* Korean */
    {"vorm", EBB_WA_AM},         {"nachm", EBB_WA_PM},         /* German */
    {"vormittag", EBB_WA_AM},    {"nachmittag", EBB_WA_PM},
    {"vm", EBB_WA_AM},           {"nm", EBB_WA_PM},            /* Afrikaans */
    {"fm", EBB_WA_AM},           {"em", EBB_WA_PM},            /* Swedish */
    {"ap", EBB_WA_AM},           {"ip", EBB_WA_PM},            /* Finnish */
    {"fh", EBB_WA_AM},           {"eh", EBB_WA_PM},            /* Icelandic */
    {"de", EBB_WA_AM},           {"du", EBB_WA_PM},            /* Hungarian */
    {"dop", EBB_WA_AM},          {"odp", EBB_WA_PM},           /* Czech, Slovak */
    {"dopoludnia", EBB_WA_AM},   {"popoludní", EBB_WA_PM},
    {"odpoledne", EBB_WA_PM},    {"dopoledne", EBB_WA_AM},
    {"pop", EBB_WA_PM},          {"popoldne", EBB_WA_PM},      /* Slovenian */
    {"prijepodne", EBB_WA_AM},   {"popodne", EBB_WA_PM},       /* Croatian, Bosnian */
    {"prepodne", EBB_WA_AM},     {"poslijepodne", EBB_WA_PM},
    {"преподне", EBB_WA_AM},     {"поподне", EBB_WA_PM},       /* Serbian */
    {"пријеподне", EBB_WA_AM},   {"послијеподне", EBB_WA_PM},
    {"претпл", EBB_WA_AM},       {"попл", EBB_WA_PM},          /* Macedonian */
    {"прет", EBB_WA_AM},         {"поп", EBB_WA_PM},
    {"проб", EBB_WA_AM},         {"слоб", EBB_WA_PM},          /* Bulgarian */
    {"дп", EBB_WA_AM},           {"пп", EBB_WA_PM},            /* Ukrainian */
    {"ам", EBB_WA_AM},           {"пм", EBB_WA_PM},
    {"АМ", EBB_WA_AM},           {"ПМ", EBB_WA_PM},
    {"таңкы", EBB_WA_AM},        {"түштөнкийинки", EBB_WA_PM}, /* Kyrgyz */
    {"үө", EBB_WA_AM},           {"үх", EBB_WA_PM},            /* Mongolian */
    {"πμ", EBB_WA_AM},           {"μμ", EBB_WA_PM},            /* Greek */
    {"ΠΜ", EBB_WA_AM},           {"ΜΜ", EBB_WA_PM},
    {"ÖÖ", EBB_WA_AM},           {"ÖS", EBB_WA_PM},            /* Turkish */
    {"öö", EBB_WA_AM},           {"ös", EBB_WA_PM},
    {"Ös", EBB_WA_PM},           {"to", EBB_WA_AM},            /* Uzbek */
    {"tk", EBB_WA_PM},           {"sa", EBB_WA_AM},            /* Vietnamese */
    {"ch", EBB_WA_PM},           {"pg", EBB_WA_AM},            /* Malay */
    {"ptg", EBB_WA_PM},          {"yb", EBB_WA_AM},            /* Welsh */
    {"yh", EBB_WA_PM},           {"rn", EBB_WA_AM},            /* Irish */
    {"in", EBB_WA_PM},           {"moies", EBB_WA_AM},         /* Luxembourgish */
    {"nomëttes", EBB_WA_PM},     {"matin", EBB_WA_AM},         /* French */
    {"soir", EBB_WA_PM},         {"damanhã", EBB_WA_AM},       /* Portuguese */
    {"datarde", EBB_WA_PM},      {"manhã", EBB_WA_AM},
    {"tarde", EBB_WA_PM},        {"delamañana", EBB_WA_AM},    /* Spanish */
    {"delatarde", EBB_WA_PM},    {"delanoche", EBB_WA_EVENING},
    {"eparadites", EBB_WA_AM},   {"epasdites", EBB_WA_PM},     /* Albanian */
    {"paradite", EBB_WA_AM},     {"pasdite", EBB_WA_PM},
    {"pd", EBB_WA_AM},           {"md", EBB_WA_PM},
    {"priešpiet", EBB_WA_AM},    {"popiet", EBB_WA_PM},        /* Lithuanian */
    {"priekšp", EBB_WA_AM},      {"pēcp", EBB_WA_PM},          /* Latvian */
    {"priekšpusdienā", EBB_WA_AM}, {"pēcpusdienā", EBB_WA_PM},
    {"el", EBB_WA_AM},           {"pl", EBB_WA_PM},            /* Estonian */
    {"günortadanöň", EBB_WA_AM}, {"günortadansoň", EBB_WA_PM}, /* Turkmen */
    {"safiya", EBB_WA_AM},       {"yamma", EBB_WA_PM},         /* Hausa */
    {"gh", EBB_WA_AM},           {"gd", EBB_WA_PM},            /* Somali */
    {"asubuhi", EBB_WA_AM},      {"mchana", EBB_WA_PM},        /* Swahili */
    {"jioni", EBB_WA_PM},        {"usiku", EBB_WA_EVENING},
    {"ص", EBB_WA_AM},            {"م", EBB_WA_PM},             /* Arabic */
    {"صباحًا", EBB_WA_AM},        {"مساءً", EBB_WA_PM},
    {"قبل‌ازظهر", EBB_WA_AM},     {"بعدازظهر", EBB_WA_PM},      /* Persian */
    {"قبلازظهر", EBB_WA_AM},     {"قظ", EBB_WA_AM},
    {"بظ", EBB_WA_PM},           {"غم", EBB_WA_AM},            /* Pashto */
    {"غو", EBB_WA_PM},           {"چۈشتىنبۇرۇن", EBB_WA_AM},   /* Uyghur */
    {"چۈشتىنكېيىن", EBB_WA_PM},
    {"לפנה״צ", EBB_WA_AM},       {"אחה״צ", EBB_WA_PM},         /* Hebrew */
    {"לפנה\"צ", EBB_WA_AM},      {"אחה\"צ", EBB_WA_PM},
    {"पूर्वाह्न", EBB_WA_AM},        {"अपराह्न", EBB_WA_PM},         /* Hindi, Nepali */
    {"मपू", EBB_WA_AM},          {"मउ", EBB_WA_PM},            /* Marathi */
    {"এএম", EBB_WA_AM},          {"পিএম", EBB_WA_PM},          /* Bengali */
    {"পূর্বাহ্ণ", EBB_WA_AM},        {"অপরাহ্ণ", EBB_WA_PM},
    {"পূৰ্বাহ্ন", EBB_WA_AM},        {"অপৰাহ্ন", EBB_WA_PM},         /* Assamese */
    {"ਪੂਦੁ", EBB_WA_AM},          {"ਬਾਦੁ", EBB_WA_PM},           /* Punjabi */
    {"முற்பகல்", EBB_WA_AM},     {"பிற்பகல்", EBB_WA_PM},      /* Tamil */
    {"ಪೂರ್ವಾಹ್ನ", EBB_WA_AM},    {"ಅಪರಾಹ್ನ", EBB_WA_PM},       /* Kannada */
    {"පෙව", EBB_WA_AM},          {"පව", EBB_WA_PM},            /* Sinhala */
    {"ก่อนเที่ยง", EBB_WA_AM},      {"หลังเที่ยง", EBB_WA_PM},       /* Thai */
    {"ກ່ອນທ່ຽງ", EBB_WA_AM},       {"ຫຼັງທ່ຽງ", EBB_WA_PM},          /* Lao */
    {"နံနက်", EBB_WA_AM},          {"ညနေ", EBB_WA_PM},           /* Burmese */
    {"ጥዋት", EBB_WA_AM},         {"ከሰዓት", EBB_WA_PM},         /* Amharic */
    {"སྔ་ཆ་", EBB_WA_AM},          {"ཕྱི་ཆ་", EBB_WA_PM},           /* Dzongkha */
    {"بن", EBB_WA_AM}, {"دن", EBB_WA_PM}, /* Kurdish */
    {"सकाळ", EBB_WA_AM}, {"सांज", EBB_WA_PM}, /* Konkani */
    {"اےایم", EBB_WA_AM}, {"پیایم", EBB_WA_PM}, /* Kashmiri */
    {"येएम", EBB_WA_AM}, {"पीएम", EBB_WA_PM},
    {"भोर", EBB_WA_AM}, {"सांझ", EBB_WA_PM}, /* Maithili, Bhojpuri */
    {"wd", EBB_WA_AM}, {"wb", EBB_WA_PM}, /* Oromo */
    {"صبحمنجهند", EBB_WA_AM}, {"منجهندشام", EBB_WA_PM}, /* Sindhi */
    {"सुबुहजा", EBB_WA_AM}, {"शामजा", EBB_WA_PM},
    {"ቅቀ", EBB_WA_AM}, {"ድቀ", EBB_WA_PM}, /* Tigrinya */
    {"फुं", EBB_WA_AM}, {"बेलासे", EBB_WA_PM}, /* Bodo */
    {"सवेर", EBB_WA_AM}, {"दपैहरबाद", EBB_WA_PM}, /* Dogri */
    {"ᱥᱮᱛᱟᱜ", EBB_WA_AM}, {"ᱧᱤᱫᱟᱹ", EBB_WA_PM}, /* Santali */
    {"hengihengi", EBB_WA_AM}, {"efiafi", EBB_WA_PM}, /* Tongan */
    {"ᏌᎾᎴ", EBB_WA_AM}, {"ᏒᎯᏱᎢᏗᏢ", EBB_WA_PM}, /* Cherokee */
    {"सबेरे", EBB_WA_AM}, {"सांम", EBB_WA_PM}, /* Rajasthani */
    {"तडके", EBB_WA_AM}, {"सांझ", EBB_WA_PM}, /* Haryanvi */
    /* words that stand between date and time, or after it, and say nothing */
    {"klo", EBB_WA_FILLER},      {"kl", EBB_WA_FILLER},        {"um", EBB_WA_FILLER},
    {"uhr", EBB_WA_FILLER},      {"à", EBB_WA_FILLER},         {"às", EBB_WA_FILLER},
    {"at", EBB_WA_FILLER},       {"alle", EBB_WA_FILLER},      {"alas", EBB_WA_FILLER},
    {"ore", EBB_WA_FILLER},      {"ob", EBB_WA_FILLER},        {"u", EBB_WA_FILLER},
    {"h", EBB_WA_FILLER},        {"hodź", EBB_WA_FILLER},      {"lúc", EBB_WA_FILLER},
    {"r", EBB_WA_FILLER},        {"г", EBB_WA_FILLER},         {"ч", EBB_WA_FILLER},
    {"в", EBB_WA_FILLER},        {"во", EBB_WA_FILLER},        {"о", EBB_WA_FILLER},
    {"у", EBB_WA_FILLER},        {"هـ", EBB_WA_FILLER},        {"نی", EBB_WA_FILLER},
    {"न", EBB_WA_FILLER},         {"नि", EBB_WA_FILLER},
    {"s", EBB_WA_FILLER},              {"นาฬิกา", EBB_WA_FILLER},
    {"น", EBB_WA_FILLER},
};
/* clang-format on */

ebb_wa_half_t ebb_wa_half_of(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof half_words / sizeof *half_words; i++) {
        if (ebb_bytes_are(word, n, half_words[i].word)) {
            return (ebb_wa_half_t)half_words[i].half;
        }
    }
    return EBB_WA_NO_HALF;
}
