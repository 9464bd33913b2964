<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<p>Our own: ${descope.account}, now ${descope.currentAccount}</p>
<form method="post" action="${descope.action}">
  <input type="hidden" name="_descope_csrf" value="${descope.fields['_descope_csrf']}">
  <input type="hidden" name="t" value="${descope.fields.t}">
  <button>Go</button>
</form>
