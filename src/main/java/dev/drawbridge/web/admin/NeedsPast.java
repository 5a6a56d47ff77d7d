package dev.drawbridge.web.admin;

import dev.drawbridge.security.HistoryAccess;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a user must be allowed to do with the past of a room to call this. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface NeedsPast {
    HistoryAccess value();
}
