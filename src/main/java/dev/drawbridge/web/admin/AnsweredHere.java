package dev.drawbridge.web.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call about a room that any node answers, whichever has the room open. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface AnsweredHere {}
