package org.telephonystack.action.wiring;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A test against the running service and its PostgreSQL; all classes that carry it share one of both.
@QuarkusTest
@QuarkusTestResource(ActionTestDatabase.class)
@QuarkusTestResource(TwilioStub.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ActionTest {}
