<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%
out.print("thrown away");
out.flush();
response.reset();
response.setStatus(200);
response.setContentType("text/html;charset=UTF-8");
response.setHeader("Cache-Control", "public, max-age=600");
response.setHeader("Referrer-Policy", "unsafe-url");
response.setHeader("X-Frame-Options", "ALLOWALL");
response.setDateHeader("Expires", System.currentTimeMillis() + 600000);
response.addHeader("X-Robots-Tag", "all");
response.setHeader("Content-Security-Policy", "default-src 'self' https://cdn.example.com");
response.setHeader("X-Own", "yes");
response.setContentLength(5);
response.setIntHeader("Content-Length", 5);
%>Our own: gr&uuml;&szlig; dich
<% response.flushBuffer(); %>
