<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<p>Our own: ${descope.account} by ${descope.deliveryMethod}, again in ${descope.resendIn}, <a href="${descope.path}">other</a></p>
<form method="post" action="${descope.action}"><input type="hidden" name="_descope_csrf" value="${descope.fields['_descope_csrf']}"></form>
