package org.telephonystack.action.client;

/// A support case.
public record Ticket(String id, String subject, String status) {}
